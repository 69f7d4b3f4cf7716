package io.spotplane.outbox.planted;

import io.spotplane.providers.spi.MarketData;

interface KnowsTheDomain {
    MarketData market();
}
