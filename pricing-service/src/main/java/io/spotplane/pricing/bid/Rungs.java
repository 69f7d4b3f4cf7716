package io.spotplane.pricing.bid;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.pricing.auction.Micros;
import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * The bids that are worth a look, in millionths: the rungs of the ladder; where every amount is accepted, steps of a quarter, which is what a ladder's are.
 */
final class Rungs {

    private static final double STEP = 1.25;

    private final BidRules rules;
    private final boolean ladder;

    Rungs(BidRules rules) {
        this.rules = rules;
        this.ladder = !rules.ladder().isEmpty();
    }

    /** The lowest accepted bid not below {@code micros}. */
    long atLeast(long micros) {
        return Micros.of(rules.atLeast(Micros.toAmount(micros)));
    }

    /** The rungs from the first not below {@code least} to the first not below {@code most} and {@code more} above it, ascending; {@code levels} included. */
    long[] between(long least, long most, int more, long... levels) {
        var first = atLeast(least);
        var end = above(atLeast(most), more);
        LongPredicate inside = rung -> rung >= first && rung <= end;
        return LongStream.concat(
                        ladder ? onLadder(end) : quarters(first, end),
                        Arrays.stream(levels).map(this::atLeast))
                .filter(inside)
                .sorted()
                .distinct()
                .toArray();
    }

    private LongStream onLadder(long end) {
        return rules.upTo(Micros.toAmount(end)).mapToLong(Micros::of);
    }

    private LongStream quarters(long first, long end) {
        return LongStream.iterate(first, rung -> rung <= end, this::next);
    }

    private long above(long rung, int more) {
        var reached = rung;
        for (var step = 0; step < more; step++) {
            reached = next(reached);
        }
        return reached;
    }

    /** The rung above {@code rung}. */
    long next(long rung) {
        return ladder ? atLeast(rung + 1) : Math.max(atLeast(rung + 1), atLeast(Math.round(rung * STEP)));
    }

    /** How many rungs {@code rung} stands above the lowest one not below {@code top}, counted up to {@code most}. */
    int above(long top, long rung, int most) {
        var reached = atLeast(top);
        var steps = 0;
        while (steps < most && next(reached) <= rung) {
            reached = next(reached);
            steps++;
        }
        return steps;
    }
}
