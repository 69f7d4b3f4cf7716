package io.spotplane.provisioning.instance;

import io.spotplane.providers.spi.ProviderInstanceId;

/** A machine that its provider named and that nobody has proved gone: it may cost money. */
public sealed interface Owned extends InstanceState permits Usable, Draining, Terminating {

    /** The machine at its provider. */
    ProviderInstanceId machine();

    /** Since when complete lists have lacked it. */
    Absence absence();

    /** The same state with other knowledge of the machine's absence. */
    Owned with(Absence absence);

    /**
     * The provider took it, or it is gone and we did not end it.
     *
     * @param cause stable code
     * @param message the same for people
     * @param remains what is left of it to be cleared away
     */
    default Lost lost(String cause, String message, Remains remains) {
        return new Lost(machine(), cause, message, remains);
    }
}
