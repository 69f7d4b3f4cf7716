package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;

/**
 * It never came to be.
 *
 * @param reason a {@link Reason} or the provider's {@link io.spotplane.contracts.vocabulary.Refusal}
 * @param message the same for people
 * @param remains what may have come to be all the same
 */
public record Failed(String reason, String message, Remains remains) implements Closed {

    static Failed because(String reason, String message) {
        return new Failed(reason, message, Remains.NOTHING);
    }

    @Override
    public Failed with(Remains left) {
        return new Failed(reason, message, left);
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.FAILED;
    }
}
