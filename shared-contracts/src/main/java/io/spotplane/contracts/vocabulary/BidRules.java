package io.spotplane.contracts.vocabulary;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which bids a market accepts for one offering, as data with a date, because providers change them. Amounts are in the offering's currency,
 * for one machine and hour.
 *
 * @param minimum the least bid that is accepted; more than 0
 * @param decimals most decimal places of a bid, 0 to 6
 * @param ladder where bids must be rungs of a ladder: what is added to a rung to come to the next, ascending by {@code from}, the first being the
 *     lowest rung of all; empty where every bid of {@code decimals} places from {@code minimum} on is accepted
 * @param effectiveFrom since when the rules hold, as far as is known
 */
public record BidRules(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal minimum,
        int decimals,
        List<Step> ladder,
        LocalDate effectiveFrom) {

    private static final int MAX_DECIMALS = 6;

    public BidRules {
        if (minimum.signum() <= 0) {
            throw new IllegalArgumentException("minimum is " + minimum.toPlainString() + ", expected more than 0");
        }
        if (decimals < 0 || decimals > MAX_DECIMALS) {
            throw new IllegalArgumentException("decimals is " + decimals + ", expected 0 to " + MAX_DECIMALS);
        }
        ladder = List.copyOf(ladder);
        for (int at = 1; at < ladder.size(); at++) {
            if (ladder.get(at).from().compareTo(ladder.get(at - 1).from()) <= 0) {
                throw new IllegalArgumentException("ladder does not ascend at " + ladder.get(at));
            }
        }
    }

    /** The lowest bid that is accepted and not below {@code amount}. */
    public BigDecimal atLeast(BigDecimal amount) {
        var wanted = amount.max(minimum);
        return ladder.isEmpty() ? wanted.setScale(decimals, RoundingMode.CEILING) : rungNotBelow(wanted);
    }

    /** The highest bid that is accepted and not above {@code amount}; empty when even the lowest is. */
    public Optional<BigDecimal> atMost(BigDecimal amount) {
        if (atLeast(BigDecimal.ZERO).compareTo(amount) > 0) {
            return Optional.empty();
        }
        return Optional.of(ladder.isEmpty() ? amount.setScale(decimals, RoundingMode.FLOOR) : rungNotAbove(amount));
    }

    /** Whether {@code bid} would be accepted. */
    public boolean accept(BigDecimal bid) {
        return bid.compareTo(minimum) >= 0 && atLeast(bid).compareTo(bid) == 0;
    }

    /** Every bid that is accepted, ascending, up to and including {@code most}; by {@code 10^-decimals} where there is no ladder. */
    public Stream<BigDecimal> upTo(BigDecimal most) {
        return Stream.iterate(atLeast(BigDecimal.ZERO), rung -> rung.compareTo(most) <= 0, this::after);
    }

    private BigDecimal after(BigDecimal rung) {
        return ladder.isEmpty()
                ? rung.add(BigDecimal.ONE.movePointLeft(decimals))
                : rung.add(stepAt(rung).add());
    }

    private BigDecimal rungNotBelow(BigDecimal wanted) {
        var rung = ladder.getFirst().from();
        for (var stretch = 0; wanted.compareTo(rung) > 0; stretch++) {
            var add = ladder.get(stretch).add();
            if (stretch + 1 == ladder.size()
                    || wanted.compareTo(ladder.get(stretch + 1).from()) < 0) {
                return climb(rung, add, wanted, RoundingMode.CEILING);
            }
            rung = climb(rung, add, ladder.get(stretch + 1).from(), RoundingMode.CEILING);
        }
        return rung;
    }

    private BigDecimal rungNotAbove(BigDecimal wanted) {
        var rung = ladder.getFirst().from();
        for (var stretch = 0; ; stretch++) {
            var add = ladder.get(stretch).add();
            if (stretch + 1 == ladder.size()) {
                return climb(rung, add, wanted, RoundingMode.FLOOR);
            }
            var firstOfNext = climb(rung, add, ladder.get(stretch + 1).from(), RoundingMode.CEILING);
            if (wanted.compareTo(firstOfNext) < 0) {
                return climb(rung, add, wanted, RoundingMode.FLOOR).min(firstOfNext.subtract(add));
            }
            rung = firstOfNext;
        }
    }

    /** {@code rung} and as many times {@code add} as lead to {@code goal}, not passing it when rounded down, just reaching it when rounded up. */
    private static BigDecimal climb(BigDecimal rung, BigDecimal add, BigDecimal goal, RoundingMode rounding) {
        return rung.add(add.multiply(goal.subtract(rung).divide(add, 0, rounding)));
    }

    private Step stepAt(BigDecimal rung) {
        return ladder.reversed().stream()
                .filter(step -> step.from().compareTo(rung) <= 0)
                .findFirst()
                .orElseGet(ladder::getFirst);
    }

    /**
     * A stretch of the ladder.
     *
     * @param from the rung from which it holds
     * @param add what is added to each of its rungs to come to the next; more than 0
     */
    public record Step(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal from,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal add) {

        public Step {
            if (from.signum() <= 0 || add.signum() <= 0) {
                throw new IllegalArgumentException("step is " + from + " + " + add + ", expected more than 0");
            }
        }
    }
}
