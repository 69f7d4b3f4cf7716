package io.spotplane.pricing.planted.spends;

import io.spotplane.providers.spi.InstanceLauncher;

interface SpendsMoney {
    InstanceLauncher launcher();
}
