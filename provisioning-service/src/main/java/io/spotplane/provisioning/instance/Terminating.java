package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Instant;

/**
 * Its provider is being asked to end it. It costs money until lists prove that it is gone.
 *
 * @param machine the provider's name for it
 * @param reason stable code of why it ends
 * @param message the same for people
 * @param farewell how the asking goes
 * @param absence since when lists have lacked it or shown it ended
 */
public record Terminating(ProviderInstanceId machine, String reason, String message, Farewell farewell, Absence absence)
        implements Owned {

    static Terminating because(ProviderInstanceId machine, String reason, String message, Instant now) {
        return new Terminating(machine, reason, message, Farewell.dueAt(now), Absence.NONE);
    }

    /** Lists prove that it is gone. */
    public Terminated provedGone() {
        return new Terminated(reason, message);
    }

    Terminating with(Farewell asked) {
        return new Terminating(machine, reason, message, asked, absence);
    }

    @Override
    public Terminating with(Absence found) {
        return new Terminating(machine, reason, message, farewell, found);
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.TERMINATING;
    }
}
