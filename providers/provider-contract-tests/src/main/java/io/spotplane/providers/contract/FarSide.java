package io.spotplane.providers.contract;

import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ProviderInstanceId;

/** A provider that sells machines, as a test can steer it and look into its books. */
public interface FarSide extends MarketSide {

    /** How many machines were ever made with this token, by the provider's own books. */
    long made(LaunchToken token);

    /** How many of them exist now. */
    long alive(LaunchToken token);

    /** Takes a machine back, with the provider's usual notice or without any. */
    void reclaim(ProviderInstanceId machine, boolean notice);

    /** A well-formed id that no machine ever had. */
    ProviderInstanceId neverMade();
}
