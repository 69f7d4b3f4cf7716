package io.spotplane.pricing.bid;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The times for which a bid held a machine, one after the other, each ended by the market or by the end of what is known.
 *
 * <p>A node started at a random held moment of a stretch of length {@code L} has {@code L − u} left, {@code u} uniform. At residual time {@code t} the starts still
 * at risk measure {@code A(t) = Σ w·max(L − t, 0)}, and those of stretches that the market ended die at the rate {@code D(t) = Σ w·[L > t, lost]}: the
 * Kaplan-Meier estimate over all starting moments at once is {@code S(h) = exp(−∫₀ʰ D/A)}, exact between two lengths. A belief from elsewhere joins as {@code k} days
 * of holding with its own losses: {@code (D + k·λ) / (A + k)}.
 */
public final class HeldStretches {

    private static final double SECONDS_PER_DAY = 86_400;

    private final List<Held> shortestFirst;

    HeldStretches(List<Held> stretches) {
        shortestFirst = stretches.stream()
                .sorted(Comparator.comparingDouble(Held::days))
                .toList();
    }

    /** The chance that a node started at a random held moment is still held after {@code horizon} days. */
    Survival survival(double horizon, Hazard belief, double strength) {
        var sum = new Sum(strength, belief.perDay());
        shortestFirst.forEach(sum::add);
        var from = 0.0;
        var cumulative = 0.0;
        for (var held : shortestFirst) {
            if (held.days() >= horizon) {
                break;
            }
            cumulative += sum.between(from, held.days());
            sum.remove(held);
            from = held.days();
        }
        cumulative += sum.between(from, horizon);
        return Hazard.survival(cumulative, strength * belief.perDay() + lossesWeighed());
    }

    private double lossesWeighed() {
        return shortestFirst.stream()
                .filter(Held::lost)
                .mapToDouble(Held::weight)
                .sum();
    }

    /** How many the market ended. */
    public long losses() {
        return shortestFirst.stream().filter(Held::lost).count();
    }

    /** Their sum. */
    public double days() {
        return shortestFirst.stream().mapToDouble(Held::days).sum();
    }

    /** The longest; 0 when there are none. */
    public double longestDays() {
        return shortestFirst.isEmpty() ? 0 : shortestFirst.getLast().days();
    }

    /** The length that half of the stretches do not reach. */
    public double medianDays() {
        var lengths = shortestFirst.stream().mapToDouble(Held::days).toArray();
        var middle = lengths.length / 2;
        return lengths.length == 0
                ? 0
                : lengths.length % 2 == 1
                        ? lengths[middle]
                        : Arrays.stream(lengths, middle - 1, middle + 1).sum() / 2;
    }

    /**
     * A stretch.
     *
     * @param days its length
     * @param weight how much it counts, by its freshness: 0 to 1
     * @param lost whether the market ended it; otherwise nobody knows how long it would have gone on
     */
    record Held(double days, double weight, boolean lost) {
        static Held of(long from, long until, double weight, boolean lost) {
            return new Held((until - from) / SECONDS_PER_DAY, weight, lost);
        }
    }

    /** The sums over the stretches that are longer than the time reached, and the belief. */
    private static final class Sum {

        private final double beliefDays;
        private final double beliefLosses;
        private double weights;
        private double weightedDays;
        private double losses;

        Sum(double strength, double perDay) {
            beliefDays = strength;
            beliefLosses = strength * perDay;
        }

        void add(Held held) {
            weights += held.weight();
            weightedDays += held.weight() * held.days();
            losses += held.lost() ? held.weight() : 0;
        }

        void remove(Held held) {
            weights -= held.weight();
            weightedDays -= held.weight() * held.days();
            losses -= held.lost() ? held.weight() : 0;
        }

        /** The integral of the hazard from one residual time to another, between which no stretch ends. */
        double between(double from, double until) {
            var rate = Math.max(losses, 0) + beliefLosses;
            var atFrom = Math.max(weightedDays - weights * from, 0) + beliefDays;
            var atUntil = Math.max(weightedDays - weights * until, 0) + beliefDays;
            return atFrom - atUntil < 1e-9 * atFrom
                    ? rate / atFrom * (until - from)
                    : rate / weights * Math.log(atFrom / atUntil);
        }
    }
}
