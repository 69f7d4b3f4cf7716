package io.spotplane.simulator.rackspace;

import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;

/**
 * The bids that are accepted: from 0.01 by 0.01 while below 0.04, by 0.02 below 0.10, by 0.03 below 0.20, then by 0.05 (July 2026, as one client of Rackspace
 * Spot carries the rule).
 */
final class Ladder {

    private static final BigDecimal LOWEST = new BigDecimal("0.01");
    private static final BigDecimal HIGHEST = BigDecimal.TEN;
    private static final List<Step> STEPS = List.of(
            new Step("0.04", "0.01"), new Step("0.10", "0.02"), new Step("0.20", "0.03"), new Step("1000", "0.05"));

    private static final TreeSet<BigDecimal> RUNGS = rungs();

    private record Step(BigDecimal below, BigDecimal add) {
        Step(String below, String add) {
            this(new BigDecimal(below), new BigDecimal(add));
        }
    }

    private Ladder() {}

    static BigDecimal lowest() {
        return LOWEST;
    }

    static boolean holds(BigDecimal bid) {
        return RUNGS.contains(bid);
    }

    /** The rung next to {@code amount}; the lower of two. */
    static BigDecimal nearest(BigDecimal amount) {
        var below = RUNGS.floor(amount);
        var above = RUNGS.ceiling(amount);
        if (below == null || above == null) {
            return below == null ? RUNGS.first() : RUNGS.last();
        }
        return amount.subtract(below).compareTo(above.subtract(amount)) <= 0 ? below : above;
    }

    static BigDecimal atLeast(BigDecimal amount) {
        var rung = RUNGS.ceiling(amount);
        return rung == null ? RUNGS.last() : rung;
    }

    private static TreeSet<BigDecimal> rungs() {
        var rungs = new TreeSet<BigDecimal>();
        for (var rung = LOWEST; rung.compareTo(HIGHEST) < 0; rung = rung.add(stepAt(rung))) {
            rungs.add(rung);
        }
        return rungs;
    }

    private static BigDecimal stepAt(BigDecimal rung) {
        return STEPS.stream()
                .filter(step -> rung.compareTo(step.below()) < 0)
                .findFirst()
                .orElseThrow()
                .add();
    }
}
