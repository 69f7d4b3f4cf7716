package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.PricePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How the market of an auction moved after it was looked at: what there is to learn from.
 *
 * @param before where the price stood, and its distribution until then; as prices
 * @param highest the highest price that was seen after that
 * @param until end of what was seen
 */
record Transition(Look before, long highest, Instant until) {

    private static final double SECONDS_PER_DAY = 86_400;
    private static final Duration STEP = Duration.ofDays(1);
    private static final Duration LEAST_KNOWN = Duration.ofDays(7);
    private static final Duration WINDOW = Duration.ofDays(30);

    double days() {
        return Duration.between(before.at(), until).toSeconds() / SECONDS_PER_DAY;
    }

    /** From each look to the next; of what happened in between only its end is known. */
    static List<Transition> between(List<Look> looks) {
        var transitions = new ArrayList<Transition>();
        for (var next = 1; next < looks.size(); next++) {
            var after = looks.get(next);
            transitions.add(new Transition(looks.get(next - 1), after.market(), after.at()));
        }
        return transitions;
    }

    /** Day by day along the last month of a path, as somebody would have met it who knew what was known then. */
    static List<Transition> along(String offeringId, PricePath path) {
        var transitions = new ArrayList<Transition>();
        if (path.isEmpty()) {
            return transitions;
        }
        var end = path.until();
        for (var at = latest(path.from().plus(LEAST_KNOWN), end.minus(WINDOW));
                !at.plus(STEP).isAfter(end);
                at = at.plus(STEP)) {
            var past = path.between(at.minus(WINDOW), at);
            var next = path.between(at, at.plus(STEP));
            if (!past.isEmpty() && past.until().equals(at) && next.known().equals(STEP)) {
                transitions.add(new Transition(look(offeringId, at, past), next.quantile(1), at.plus(STEP)));
            }
        }
        return transitions;
    }

    /** Where a path stands at its end. */
    static Look look(String offeringId, Instant at, PricePath past) {
        return new Look(
                offeringId, at, past.last().orElseThrow(), past.quantile(0.2), past.quantile(0.5), past.quantile(0.8));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
