package io.spotplane.providers.contract;

import io.spotplane.providers.spi.MarketData;
import java.time.Duration;

/** An adapter's market under test, switched on with settings that point to the far side, its breakers closed, the time-out of a few seconds. */
public interface MarketAccount {

    /** The capability under test. */
    MarketData market();

    /** The limit of one call in the settings. */
    Duration callTimeout();
}
