package io.spotplane.pricing.history;

import static io.spotplane.pricing.history.Pasts.MIDNIGHT;
import static io.spotplane.pricing.history.Pasts.past;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePointsTest {

    private static final double TINY = 1e-9;

    @Test
    void findsTheOneShift() {
        // Given
        var timeline = past("0.30").after(ofDays(10), "0.45").during(ofDays(20));
        // When
        var levels = PriceLevels.of("x", timeline).segments();
        // Then
        assertThat(levels).hasSize(2);
        assertThat(levels.get(1).since()).isEqualTo(MIDNIGHT.plus(ofDays(10)));
        assertThat(levels.get(0).level().amount()).isEqualByComparingTo("0.30");
        assertThat(levels.get(1).level().amount()).isEqualByComparingTo("0.45");
        assertThat(levels.get(0).confidence()).isNull();
        assertThat(levels.get(1).confidence()).isGreaterThan(new BigDecimal("0.9"));
    }

    @Test
    void passesOverASpikeThatIsSoonOver() {
        // Given
        var timeline =
                past("0.30").after(ofDays(5), "0.36").after(ofHours(2), "0.30").during(ofDays(20));
        // When / Then
        assertThat(ChangePoints.in(timeline)).hasSize(1);
    }

    @Test
    void seesTheShiftThroughFlapping() {
        // Given
        var random = new Random(7);
        var past = past("1.00");
        for (int at = 0; at < 2_000; at++) {
            var level = at < 1_300 ? 1.0 : 1.3;
            past.after(ofMinutes(20), price(level * (1 + 0.1 * random.nextGaussian())));
        }
        // When
        var levels = ChangePoints.in(past.during(ofMinutes(20 * 2_000)));
        // Then
        assertThat(levels).hasSize(2);
        assertThat(Duration.between(MIDNIGHT, levels.get(1).since()).toMinutes() / 20)
                .isBetween(1_290L, 1_310L);
    }

    @Test
    void findsNothingWhereThereIsOnlyFlapping() {
        // Given
        var random = new Random(8);
        var past = past("1.00");
        for (int at = 0; at < 3_000; at++) {
            past.after(ofMinutes(20), price(1 + 0.1 * random.nextGaussian()));
        }
        // When / Then
        assertThat(ChangePoints.in(past.during(ofMinutes(20 * 3_000)))).hasSize(1);
    }

    @Test
    void hasNoLevelOfWhatWasNeverForSale() {
        assertThat(ChangePoints.in(Pasts.unknown().gone(ofHours(1)).during(ofDays(1))))
                .isEmpty();
    }

    /** The peer tries every way to cut: 2 to the power of 11. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void noOtherCutIsBetter(long seed) {
        // Given
        var random = new Random(seed);
        var past = past("1.0");
        var hours = new ArrayList<Double>();
        var logs = new ArrayList<Double>(List.of(0.0));
        for (int at = 0; at < 11; at++) {
            var pause = 1 + random.nextInt(90);
            var price = price(Math.exp(0.25 * random.nextGaussian()));
            past.after(ofHours(pause), price);
            hours.add((double) pause);
            logs.add(Math.log(Double.parseDouble(price)));
        }
        hours.add(24.0);
        var timeline = past.between(MIDNIGHT, past.end().plus(ofHours(24)));
        var penalty = Math.pow(Math.log(1.05), 2)
                / 20
                * hours.stream().mapToDouble(h -> h).sum();
        // When
        var found = ChangePoints.in(timeline);
        // Then
        var best = Double.POSITIVE_INFINITY;
        for (int cuts = 0; cuts < 1 << 11; cuts++) {
            best = Math.min(best, cost(cuts, hours, logs, penalty));
        }
        assertThat(cost(cutsOf(found, hours), hours, logs, penalty)).isLessThan(best + TINY);
    }

    private static int cutsOf(List<ChangePoints.Segment> segments, List<Double> hours) {
        int cuts = 0;
        var reached = MIDNIGHT;
        for (int at = 0; at < hours.size() - 1; at++) {
            reached = reached.plusSeconds(Math.round(hours.get(at) * 3_600));
            var border = reached;
            if (segments.stream().anyMatch(segment -> segment.since().equals(border))) {
                cuts |= 1 << at;
            }
        }
        return cuts;
    }

    private static double cost(int cuts, List<Double> hours, List<Double> logs, double penalty) {
        double cost = 0;
        int begin = 0;
        for (int at = 0; at < hours.size(); at++) {
            if (at == hours.size() - 1 || (cuts & 1 << at) != 0) {
                cost += rest(hours.subList(begin, at + 1), logs.subList(begin, at + 1));
                cost += begin == 0 ? 0 : penalty;
                begin = at + 1;
            }
        }
        return cost;
    }

    private static double rest(List<Double> hours, List<Double> logs) {
        var weight = hours.stream().mapToDouble(h -> h).sum();
        double mean = 0;
        for (int at = 0; at < hours.size(); at++) {
            mean += hours.get(at) * logs.get(at) / weight;
        }
        double rest = 0;
        for (int at = 0; at < hours.size(); at++) {
            rest += hours.get(at) * Math.pow(logs.get(at) - mean, 2);
        }
        return rest;
    }

    private static String price(double value) {
        return BigDecimal.valueOf(Math.round(value * 1e6), 6).toPlainString();
    }
}
