package io.spotplane.pricing.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClairvoyantTest {

    @Test
    void paysExactlyTheLeastThatAnySequenceOfChoicesPays() {
        var random = new SplittableRandom(7);
        for (int each = 0; each < 60; each++) {
            // Given
            int pools = 1 + random.nextInt(2);
            int startUp = random.nextInt(3);
            int work = 1 + random.nextInt(4);
            var job = new Job(work, work + startUp + random.nextInt(4), startUp, 0);
            var weather = weather(pools, job.deadline(), random);
            var rates = random.doubles(pools, 0.1, 1.1).toArray();
            // When
            var outcome = new Replay(job, new Clairvoyant(job, rates, weather)).on(weather);
            // Then
            assertThat(outcome.finished()).isTrue();
            assertThat(outcome.weight(rates))
                    .isCloseTo(least(job, rates, weather, 0, job.work(), Choice.IDLE, 0), within(1e-4));
        }
    }

    @Test
    void isNeverBeatenByAPolicyThatDoesNotKnow() {
        var random = new SplittableRandom(8);
        for (int each = 0; each < 100; each++) {
            // Given
            var job = new Job(40, 70, 3, 0);
            var weather = weather(2, job.deadline(), random);
            double[] rates = {0.3, 0.4};
            // When
            double best = new Replay(job, new Clairvoyant(job, rates, weather))
                    .on(weather)
                    .weight(rates);
            double greedy = new Replay(job, new Greedy(job)).on(weather).weight(rates);
            double uniform =
                    new Replay(job, new UniformProgress(job, false)).on(weather).weight(rates);
            // Then
            assertThat(best).isLessThanOrEqualTo(Math.min(greedy, uniform) + 1e-4);
        }
    }

    private static Recorded weather(int pools, int ticks, SplittableRandom random) {
        List<PoolPast> pasts = IntStream.range(0, pools)
                .mapToObj(pool -> {
                    var up = new boolean[ticks];
                    for (int at = 0; at < ticks; at++) {
                        up[at] = at > 0 && random.nextDouble() < 0.7 ? up[at - 1] : random.nextBoolean();
                    }
                    return PoolPast.of(up);
                })
                .toList();
        return new Recorded(pasts, 0);
    }

    /** All sequences of choices, one by one; who misses the deadline pays without end. */
    private static double least(
            Job job, double[] rates, Replay.Weather weather, int tick, int work, Choice held, int startUpLeft) {
        if (work == 0) {
            return 0;
        }
        if (tick == job.deadline()) {
            return Double.POSITIVE_INFINITY;
        }
        var ages = weather.ages(tick);
        var holding = held.isSpot() && ages[held.pool()] < 0 ? Choice.IDLE : held;
        double best = least(job, rates, weather, tick + 1, work, Choice.IDLE, 0);
        for (int option = -1; option < rates.length; option++) {
            if (option >= 0 && ages[option] < 0) {
                continue;
            }
            var choice = option < 0 ? Choice.ON_DEMAND : Choice.spot(option);
            int left = choice.equals(holding) ? startUpLeft : job.startUp();
            double rest = left > 0
                    ? least(job, rates, weather, tick + 1, work, choice, left - 1)
                    : least(job, rates, weather, tick + 1, work - 1, choice, 0);
            best = Math.min(best, (option < 0 ? 1 : rates[option]) + rest);
        }
        return best;
    }
}
