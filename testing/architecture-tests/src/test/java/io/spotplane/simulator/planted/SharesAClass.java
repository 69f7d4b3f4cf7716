package io.spotplane.simulator.planted;

import io.spotplane.contracts.vocabulary.CapacityType;

interface SharesAClass {
    CapacityType capacityType();
}
