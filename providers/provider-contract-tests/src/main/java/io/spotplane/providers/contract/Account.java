package io.spotplane.providers.contract;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.MarketData;
import java.time.Duration;

/**
 * An adapter under test, switched on with settings that point to the far side, its breakers closed. Pages are set as small as the provider allows, and the
 * time-out to a few seconds.
 */
public interface Account {

    InstanceLauncher launcher();

    /** A launcher whose settings point to a port where nobody listens. */
    InstanceLauncher launcherWithoutFarSide();

    InstanceInspector inspector();

    MarketData market();

    /** The limit of one call in the settings. */
    Duration callTimeout();
}
