package io.spotplane.provisioning.instance;

import java.time.Duration;
import java.time.Instant;

/**
 * How the asking for a machine's end goes. The provider's "yes" proves nothing, so asking goes on until lists prove the end.
 *
 * @param asks how often it was asked
 * @param dueAt when to ask next
 */
public record Farewell(int asks, Instant dueAt) {

    private static final Duration REMIND = Duration.ofSeconds(30);
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    static Farewell dueAt(Instant at) {
        return new Farewell(0, at);
    }

    /** Asked once more; {@code accepted} when the provider took it, then it is only reminded. */
    public Farewell asked(boolean accepted, Instant now) {
        return new Farewell(asks + 1, now.plus(accepted ? REMIND : RETRY.afterAttempt(asks + 1)));
    }

    /** Whether it is time to ask. */
    public boolean due(Instant now) {
        return !now.isBefore(dueAt);
    }
}
