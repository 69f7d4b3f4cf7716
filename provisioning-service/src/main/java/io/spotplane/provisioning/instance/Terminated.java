package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;

/**
 * The provider's lists lacked it, or showed it ended, twice, the visibility window apart.
 *
 * @param reason stable code of why it was ended
 * @param message the same for people
 */
public record Terminated(String reason, String message) implements Closed {

    @Override
    public Remains remains() {
        return Remains.NOTHING;
    }

    @Override
    public Terminated with(Remains remains) {
        return this;
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.TERMINATED;
    }
}
