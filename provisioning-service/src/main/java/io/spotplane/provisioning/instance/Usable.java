package io.spotplane.provisioning.instance;

import java.time.Instant;

/** A machine that serves its request, or is on its way to. */
public sealed interface Usable extends Owned permits Launching, Booting, Ready {

    /** Its end is known: work should leave it until {@code deadline}. */
    default Draining drain(Reason reason, String message, Instant deadline) {
        return new Draining(machine(), reason.name(), message, deadline, absence());
    }

    /** Nobody wants it any longer: its provider is asked to end it. */
    default Terminating terminate(Reason reason, String message, Instant now) {
        return Terminating.because(machine(), reason.name(), message, now);
    }
}
