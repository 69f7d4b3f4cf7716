package io.spotplane.pricing.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the level of a price changed for good. Exact: of all ways to cut the time for sale into segments, the one with the least
 *
 * <pre>  sum over segments of  ∫ (ln price(t) − its mean)² dt   +   penalty × (segments − 1)</pre>
 *
 * found by dynamic programming with the pruning of PELT (Killick, Fearnhead, Eckley: <em>Optimal detection of changepoints with a linear
 * computational cost</em>, JASA 2012). Time is the weight, so that a price that held for a day outweighs a hundred that held for seconds. The
 * penalty is derived from the window itself, see {@link #penalty}; docs/pricing/history.md has the argument.
 */
final class ChangePoints {

    /** More pieces than these are merged, neighbours within one of as many equal steps of time. */
    static final int MOST_PIECES = 2_000;

    private static final double RELEVANT_SHIFT = Math.log(1.05);
    private static final double RELEVANT_SHARE = 1.0 / 20;
    private static final int ENOUGH_DRAWS = 30;
    private static final double MEDIAN_TO_DEVIATION = 1.4826;
    private static final double LEAST_LEVEL = 1e-6;
    private static final double MICROS_PER_HOUR = 3.6e9;

    private final List<Piece> pieces;
    private final double[] weight;
    private final double[] sum;
    private final double[] squares;
    private final double penalty;

    private ChangePoints(Timeline timeline) {
        this.pieces = pieces(timeline);
        this.weight = new double[pieces.size() + 1];
        this.sum = new double[pieces.size() + 1];
        this.squares = new double[pieces.size() + 1];
        accumulate();
        this.penalty = penalty(weight[pieces.size()], draws(timeline));
    }

    /** The segments of {@code timeline} in order; none when it never was for sale. */
    static List<Segment> in(Timeline timeline) {
        return new ChangePoints(timeline).segments();
    }

    /**
     * What one more segment has to explain. At least as much as a shift of 5 % that holds for a twentieth of the window; less does not matter
     * to anybody. In a market that flaps, also more than chance does: with independent noise of deviation σ at each of n changes, the best
     * of all cuts explains about 2 ln n times σ² times the time that a price holds. σ is estimated from the median step, which a few true
     * changes of level do not move.
     *
     * @param hours for sale
     * @param draws logarithms of the prices, one for each change
     */
    private static double penalty(double hours, double[] draws) {
        var relevant = RELEVANT_SHIFT * RELEVANT_SHIFT * RELEVANT_SHARE * hours;
        if (draws.length < ENOUGH_DRAWS) {
            return relevant;
        }
        var deviation = MEDIAN_TO_DEVIATION * medianStep(draws) / Math.sqrt(2);
        return Math.max(relevant, 2 * Math.log(draws.length) * deviation * deviation * hours / draws.length);
    }

    private static double medianStep(double[] draws) {
        var steps = new double[draws.length - 1];
        for (int at = 0; at < steps.length; at++) {
            steps[at] = Math.abs(draws[at + 1] - draws[at]);
        }
        Arrays.sort(steps);
        return steps[steps.length / 2];
    }

    private static double[] draws(Timeline timeline) {
        return timeline.stretches().stream()
                .filter(Stretch.Sold.class::isInstance)
                .mapToDouble(stretch -> log(((Stretch.Sold) stretch).amount()))
                .toArray();
    }

    private static double log(BigDecimal amount) {
        return Math.log(Math.max(amount.doubleValue(), LEAST_LEVEL));
    }

    private static List<Piece> pieces(Timeline timeline) {
        var pieces = new ArrayList<Piece>();
        var sold = timeline.stretches().stream()
                .map(ChangePoints::piece)
                .filter(piece -> piece.hours > 0)
                .toList();
        var step = timeline.span().length().dividedBy(MOST_PIECES);
        var border = Instant.MIN;
        for (var piece : sold) {
            if (sold.size() > MOST_PIECES && piece.since.isBefore(border)) {
                pieces.set(pieces.size() - 1, pieces.getLast().and(piece));
            } else {
                pieces.add(piece);
                border = piece.since.plus(step);
            }
        }
        return pieces;
    }

    private static Piece piece(Stretch stretch) {
        return switch (stretch) {
            case Stretch.Sold sold -> {
                var x = log(sold.amount());
                var hours = sold.micros() / MICROS_PER_HOUR;
                yield new Piece(sold.since(), sold.until(), hours, x * hours, x * x * hours);
            }
            case Stretch.Condensed part -> {
                double hours = 0;
                double sum = 0;
                double squares = 0;
                for (var level : part.day().levels()) {
                    var x = log(level.amount());
                    var held = part.shareOf(level.micros()) / MICROS_PER_HOUR;
                    hours += held;
                    sum += x * held;
                    squares += x * x * held;
                }
                yield new Piece(part.since(), part.until(), hours, sum, squares);
            }
            case Stretch.Absent _, Stretch.Unseen _ -> new Piece(stretch.since(), stretch.until(), 0, 0, 0);
        };
    }

    /** About the mean of all, so that small differences between large sums stay exact. */
    private void accumulate() {
        var total = pieces.stream().mapToDouble(Piece::hours).sum();
        var mean = total == 0 ? 0 : pieces.stream().mapToDouble(Piece::sum).sum() / total;
        for (int at = 0; at < pieces.size(); at++) {
            var piece = pieces.get(at);
            weight[at + 1] = weight[at] + piece.hours;
            sum[at + 1] = sum[at] + piece.sum - mean * piece.hours;
            squares[at + 1] = squares[at] + piece.squares - 2 * mean * piece.sum + mean * mean * piece.hours;
        }
    }

    /** What a segment of the pieces from {@code begin} to before {@code end} leaves unexplained. */
    private double rest(int begin, int end) {
        var hours = weight[end] - weight[begin];
        var s = sum[end] - sum[begin];
        return Math.max(0, squares[end] - squares[begin] - s * s / hours);
    }

    private List<Segment> segments() {
        var borders = borders();
        var segments = new ArrayList<Segment>();
        for (int at = 0; at + 1 < borders.size(); at++) {
            segments.add(new Segment(
                    pieces.get(borders.get(at)).since,
                    pieces.get(borders.get(at + 1) - 1).until,
                    at == 0 ? 1 : confidence(borders.get(at - 1), borders.get(at), borders.get(at + 1))));
        }
        return segments;
    }

    /** How much of what the border explains is more than it had to: ½ when it barely pays, towards 1 when there is no doubt. */
    private double confidence(int begin, int border, int end) {
        var gain = rest(begin, end) - rest(begin, border) - rest(border, end);
        return gain / (gain + penalty);
    }

    private List<Integer> borders() {
        int n = pieces.size();
        var best = new double[n + 1];
        var cutBefore = new int[n + 1];
        best[0] = -penalty;
        var candidates = new ArrayList<Integer>();
        for (int end = 1; end <= n; end++) {
            candidates.add(end - 1);
            best[end] = Double.POSITIVE_INFINITY;
            for (int begin : candidates) {
                var cost = best[begin] + rest(begin, end) + penalty;
                if (cost < best[end]) {
                    best[end] = cost;
                    cutBefore[end] = begin;
                }
            }
            int reached = end;
            candidates.removeIf(begin -> best[begin] + rest(begin, reached) > best[reached]);
        }
        var borders = new ArrayList<Integer>();
        for (int at = n; at > 0; at = cutBefore[at]) {
            borders.addFirst(at);
        }
        borders.addFirst(0);
        return borders;
    }

    /**
     * A stretch at one level.
     *
     * @param since its beginning
     * @param until its end
     * @param confidence that it differs from the one before, 0.5 to 1; 1 for the first
     */
    record Segment(Instant since, Instant until, double confidence) {}

    /** What is cut between, never through: hours for sale, and the sums of the price's logarithm and its square over them. */
    private record Piece(Instant since, Instant until, double hours, double sum, double squares) {
        Piece and(Piece next) {
            return new Piece(since, next.until, hours + next.hours, sum + next.sum, squares + next.squares);
        }
    }
}
