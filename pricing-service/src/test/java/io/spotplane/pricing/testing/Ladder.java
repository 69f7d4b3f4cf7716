package io.spotplane.pricing.testing;

import io.spotplane.contracts.vocabulary.BidRules;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The ladder that a real auction had in July 2026: .01 .02 .03 .04 .06 .08 .10 .13 .16 .19 .22 .27 .32 and so on. */
public final class Ladder {

    public static final BidRules OF_JULY = new BidRules(
            new BigDecimal("0.01"),
            3,
            List.of(step("0.01", "0.01"), step("0.04", "0.02"), step("0.10", "0.03"), step("0.20", "0.05")),
            LocalDate.parse("2026-07-01"));

    private Ladder() {}

    private static BidRules.Step step(String from, String add) {
        return new BidRules.Step(new BigDecimal(from), new BigDecimal(add));
    }
}
