package io.spotplane.pricing.risk.observed;

import java.time.Duration;
import java.time.Instant;

/**
 * A pool that refuses for lack of capacity. It is known to be out at each refusal, and to be back when one of our machines runs there; between the
 * last refusal and that, capacity came back at a time nobody saw.
 *
 * @param since the first refusal
 * @param lastRefusedAt the latest
 */
record ObservedOutage(Instant since, Instant lastRefusedAt) {

    /** Two refusals further apart say nothing about the time between them. */
    private static final Duration GAP = Duration.ofHours(6);

    static ObservedOutage first(Instant at) {
        return new ObservedOutage(at, at);
    }

    /** Whether a refusal or success at {@code moment} still has to do with this outage. */
    boolean reaches(Instant moment) {
        return Duration.between(lastRefusedAt, moment).compareTo(GAP) <= 0;
    }

    /** The same outage, refused again at {@code moment}; one that came late changes nothing. */
    ObservedOutage refusedAgain(Instant moment) {
        return moment.isAfter(lastRefusedAt) ? new ObservedOutage(since, moment) : this;
    }

    /** What a further refusal adds: it was out all the time since the last. */
    Observation stillOut(ObservedOutage later) {
        return new Observation(since, lastRefusedAt, later.lastRefusedAt, false);
    }

    /** What a success adds: capacity came back, for want of better knowledge half-way between the last refusal and the success. */
    Observation backAt(Instant success) {
        var halfWay =
                lastRefusedAt.plus(Duration.between(lastRefusedAt, success).dividedBy(2));
        return new Observation(since, lastRefusedAt, halfWay, true);
    }
}
