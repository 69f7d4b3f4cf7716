package io.spotplane.pricing.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No policy ever misses a feasible deadline, whatever the pools do: random jobs against weather that means harm. */
class DeadlineKeptTest {

    private static final int JOBS = 400;

    @Test
    void keepsEveryFeasibleDeadlineAgainstEveryWeather() {
        var random = new SplittableRandom(20261125);
        for (int each = 0; each < JOBS; each++) {
            // Given
            int pools = 1 + random.nextInt(3);
            var job = job(random);
            for (var policy : policies(job, pools, random).entrySet()) {
                for (var weather : weathers(job, pools, random).entrySet()) {
                    // When
                    var harm = weather.getValue();
                    var outcome = new Replay(job, harm.watching(policy.getValue())).on(harm);
                    // Then
                    assertThat(outcome.finished())
                            .as("%s against %s: %s", policy.getKey(), weather.getKey(), job)
                            .isTrue();
                }
            }
        }
    }

    private static Job job(SplittableRandom random) {
        int work = 1 + random.nextInt(40);
        int startUp = random.nextInt(6);
        int loss = random.nextInt(4);
        return new Job(work, work + startUp + random.nextInt(30), startUp, loss);
    }

    private static Map<String, Policy> policies(Job job, int pools, SplittableRandom random) {
        var rates = random.doubles(pools, 0.05, 1.2).toArray();
        var pasts = IntStream.range(0, pools).mapToObj(pool -> past(random)).toList();
        var outlook = Outlook.of(pasts, rates, job.startUp(), new LearnChain(300));
        var policies = new LinkedHashMap<String, Policy>();
        policies.put("greedy", new Greedy(job));
        policies.put("uniform progress", new UniformProgress(job, false));
        policies.put("strict uniform progress", new UniformProgress(job, true));
        policies.put("exact", ExactPlan.of(job, outlook));
        policies.put("exact in longer ticks", coarse(job, pasts, rates));
        return policies;
    }

    /** Thinks in ticks of 2 while it is asked in ticks of 1. */
    private static Policy coarse(Job job, List<PoolPast> pasts, double[] rates) {
        var tick = Duration.ofMinutes(5);
        var task = new Task(
                tick.multipliedBy(job.work()),
                tick.multipliedBy(job.deadline()),
                tick.multipliedBy(job.startUp()),
                tick.multipliedBy(job.loss()));
        var longer = task.in(tick.multipliedBy(2));
        if (!longer.feasible()) {
            return new Greedy(job);
        }
        var outlook = Outlook.of(pasts, rates, longer.startUp(), new LearnChain(600));
        return new Rescaled(job, tick, ExactPlan.of(longer, outlook), tick.multipliedBy(2));
    }

    private static PoolPast past(SplittableRandom random) {
        double turns = random.nextDouble(0.02, 0.6);
        var up = new boolean[60];
        for (int at = 1; at < up.length; at++) {
            up[at] = random.nextDouble() < turns != up[at - 1];
        }
        return PoolPast.of(up);
    }

    private static Map<String, Harm> weathers(Job job, int pools, SplittableRandom random) {
        var weathers = new LinkedHashMap<String, Harm>();
        weathers.put("always down", new Harm(pools, tick -> false, Integer.MAX_VALUE));
        weathers.put("always up", new Harm(pools, tick -> true, Integer.MAX_VALUE));
        weathers.put("flip-flop", new Harm(pools, tick -> tick % 2 == 0, Integer.MAX_VALUE));
        weathers.put("dies when the start-up is paid", new Harm(pools, tick -> true, job.startUp()));
        weathers.put("dies after the first progress", new Harm(pools, tick -> true, job.startUp() + 1));
        int life = 1 + random.nextInt(12);
        weathers.put("dies after " + life, new Harm(pools, tick -> true, life));
        long seed = random.nextLong();
        double up = random.nextDouble();
        weathers.put(
                "random",
                new Harm(pools, tick -> new SplittableRandom(seed + tick).nextDouble() < up, Integer.MAX_VALUE));
        return weathers;
    }

    /** Offers machines, and takes each back after it was held for {@code life} ticks: all pools go down with it for that tick. */
    private static final class Harm implements Replay.Weather {

        private final int pools;
        private final java.util.function.IntPredicate offers;
        private final int life;
        private final int[] ages;
        private int held;

        Harm(int pools, java.util.function.IntPredicate offers, int life) {
            this.pools = pools;
            this.offers = offers;
            this.life = life;
            this.ages = new int[pools];
        }

        Policy watching(Policy policy) {
            return situation -> {
                var choice = policy.choose(situation);
                held = choice.isSpot() ? choice.equals(situation.holding()) ? held + 1 : 1 : 0;
                return choice;
            };
        }

        @Override
        public int pools() {
            return pools;
        }

        @Override
        public int[] ages(int tick) {
            boolean up = offers.test(tick) && held < life;
            if (!up) {
                held = 0;
            }
            for (int pool = 0; pool < pools; pool++) {
                ages[pool] = up ? Math.max(ages[pool], 0) + 1 : Math.min(ages[pool], 0) - 1;
            }
            return Arrays.copyOf(ages, pools);
        }
    }
}
