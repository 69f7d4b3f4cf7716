package io.spotplane.providers.contract;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;

/** An adapter under test at which machines can be bought. Pages are set as small as the provider allows. */
public interface Account extends MarketAccount {

    InstanceLauncher launcher();

    /** A launcher whose settings point to a port where nobody listens. */
    InstanceLauncher launcherWithoutFarSide();

    InstanceInspector inspector();
}
