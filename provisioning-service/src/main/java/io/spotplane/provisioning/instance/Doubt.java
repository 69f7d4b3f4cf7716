package io.spotplane.provisioning.instance;

import java.time.Instant;

/**
 * An order went out (or was about to) and no answer is written down: a machine may exist.
 *
 * @param firstSentAt written before the first call
 * @param lastSentAt written before the latest call
 * @param absence since when lists begun after the latest call have lacked the token
 */
public record Doubt(Instant firstSentAt, Instant lastSentAt, Absence absence) {

    static Doubt firstSent(Instant at) {
        return new Doubt(at, at, Absence.NONE);
    }

    Doubt sentAgain(Instant at) {
        return new Doubt(firstSentAt, at, Absence.NONE);
    }

    /** The same doubt with other knowledge of the token's absence. */
    public Doubt with(Absence found) {
        return new Doubt(firstSentAt, lastSentAt, found);
    }
}
