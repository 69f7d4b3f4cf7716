package io.spotplane.provisioning.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an instance got where.
 *
 * @param intendedAt when the launch was written down
 * @param orderedAt when the order that made it was first sent; null before, and when it turned out that nothing was made
 * @param seenRunningAt when a list first showed it running
 * @param readyAt when it was first proved reachable
 * @param endedAt when its end was proved or seen
 */
public record Milestones(
        Instant intendedAt,
        @Nullable Instant orderedAt,
        @Nullable Instant seenRunningAt,
        @Nullable Instant readyAt,
        @Nullable Instant endedAt) {

    static Milestones intended(Instant at) {
        return new Milestones(at, null, null, null, null);
    }

    Milestones reached(InstanceState state, Instant now) {
        return switch (state) {
            case Intended intended -> ordered(firstSent(intended));
            case Launching launching -> ordered(orderedAt == null ? launching.orderedAt() : orderedAt);
            case Booting booting ->
                new Milestones(intendedAt, orderedAt, first(seenRunningAt, booting.seenRunningAt()), readyAt, endedAt);
            case Ready ready ->
                new Milestones(
                        intendedAt,
                        orderedAt,
                        first(seenRunningAt, ready.readyAt()),
                        first(readyAt, ready.readyAt()),
                        endedAt);
            case Closed _ -> new Milestones(intendedAt, orderedAt, seenRunningAt, readyAt, first(endedAt, now));
            case Draining _, Terminating _ -> this;
        };
    }

    private Milestones ordered(@Nullable Instant at) {
        return new Milestones(intendedAt, at, seenRunningAt, readyAt, endedAt);
    }

    private static @Nullable Instant firstSent(Intended intended) {
        return intended.doubt() == null ? null : intended.doubt().firstSentAt();
    }

    private static Instant first(@Nullable Instant known, Instant now) {
        return known == null ? now : known;
    }
}
