package io.spotplane.benchmarks.risk;

import io.spotplane.benchmarks.risk.Race.Rule;
import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.AgeBand;
import io.spotplane.pricing.risk.hazard.Exposure;
import io.spotplane.pricing.risk.hazard.HazardModel;
import io.spotplane.pricing.risk.hazard.Process;
import io.spotplane.pricing.risk.hazard.Replay;
import io.spotplane.pricing.risk.hazard.Spell;
import io.spotplane.pricing.risk.hazard.StatedRates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleBiFunction;

/** Ways to choose where to launch. */
final class Rules {

    static final Duration HALF_LIFE = Duration.ofDays(90);
    /** Fewest reclaims a day means the longest expected life; beyond a month it is all the same. */
    static final double LIMIT_HOURS = 30 * 24;

    private static final Instant START = Instant.parse("2023-02-15T00:00:00Z");
    private static final Duration REFIT = Duration.ofHours(1);

    private final Race race;
    private final List<Spell> lives;

    Rules(Race race, List<Spell> lives) {
        this.race = race;
        this.lives = lives;
    }

    static Instant start() {
        return START;
    }

    private static Rule highest(ToDoubleBiFunction<Integer, Integer> score) {
        return (tick, candidates) -> {
            int best = candidates.getFirst();
            double highest = Double.NEGATIVE_INFINITY;
            for (int pool : candidates) {
                double points = score.applyAsDouble(pool, tick);
                if (points > highest) {
                    highest = points;
                    best = pool;
                }
            }
            return best;
        };
    }

    Rule priceOrder() {
        return (tick, candidates) -> candidates.getFirst();
    }

    /** What SkyPilot's EAGER_NEXT_REGION means to do: not the region that was just lost, if there is another. */
    Rule skipRegion() {
        return new Rule() {
            private String avoided = "";

            @Override
            public int choose(int tick, List<Integer> candidates) {
                return candidates.stream()
                        .filter(pool -> !race.pools().get(pool).region().equals(avoided))
                        .findFirst()
                        .orElse(candidates.getFirst());
            }

            @Override
            public void lost(int pool) {
                avoided = race.pools().get(pool).region();
            }
        };
    }

    /** SkyServe's DynamicFallbackSpotPlacer (SpotHedge): lost pools are set aside, until fewer than two are left. */
    Rule spotHedge() {
        return new Rule() {
            private final Set<Integer> preempted = new HashSet<>();

            @Override
            public int choose(int tick, List<Integer> candidates) {
                int chosen = candidates.stream()
                        .filter(pool -> !preempted.contains(pool))
                        .findFirst()
                        .orElse(candidates.getFirst());
                preempted.remove(chosen);
                return chosen;
            }

            @Override
            public void lost(int pool) {
                preempted.add(pool);
                if (race.pools().size() - preempted.size() < 2) {
                    preempted.clear();
                }
            }
        };
    }

    Rule oldest() {
        return highest((pool, tick) -> race.ageHours(pool, tick));
    }

    Rule oracle() {
        return highest((pool, tick) -> (double) race.end(pool, tick));
    }

    /** One rate for each pool, from the first third. */
    Rule poolRate() {
        return byRate(frozen(this::rates));
    }

    /** The same, learning on with the same forgetting as ours. */
    Rule poolRateLearningOn() {
        return byRate(learningOn(this::rates));
    }

    private Rule byRate(IntFunction<double[]> rates) {
        return highest((pool, tick) -> -rates.apply(tick)[pool]);
    }

    private double[] rates(Map<Pool, Exposure> seen) {
        return race.pools().stream()
                .map(pool -> seen.getOrDefault(pool, new Exposure()))
                .mapToDouble(exposure -> (exposure.ends() + 0.5) / (exposure.hours() + 1))
                .toArray();
    }

    /** Each pool's own hazards by age from the first third, nothing shared: mean residual life. */
    Rule residualLife() {
        var rates = frozen(seen -> seen);
        return highest((pool, tick) -> ownResidual(
                rates.apply(tick).getOrDefault(race.pools().get(pool), new Exposure()), race.ageHours(pool, tick)));
    }

    private static double ownResidual(Exposure exposure, double age) {
        double still = 1;
        double hours = 0;
        for (var band : AgeBand.values()) {
            double inBand = Math.min(band.toHours(), age + LIMIT_HOURS) - Math.max(band.fromHours(), age);
            if (inBand > 0) {
                double hazard = (exposure.ends(band) + 0.1) / (exposure.hours(band) + 0.1);
                double ends = -Math.expm1(-hazard * inBand);
                hours += still * ends / hazard;
                still *= 1 - ends;
            }
        }
        return hours;
    }

    /** Ours: the longest expected life by the empirical-Bayes model of the first third. */
    Rule ours() {
        return byModel(frozen(Rules::fit));
    }

    /** Ours as it runs in the service: learning on, from what every pool showed until then. */
    Rule oursLearningOn() {
        return byModel(learningOn(Rules::fit));
    }

    private Rule byModel(IntFunction<HazardModel> models) {
        return highest((pool, tick) ->
                models.apply(tick).of(race.pools().get(pool)).expectedHours(race.ageHours(pool, tick), LIMIT_HOURS));
    }

    private static HazardModel fit(Map<Pool, Exposure> seen) {
        return HazardModel.fit(Process.RECLAIM, seen, StatedRates.NONE);
    }

    private <T> IntFunction<T> frozen(Function<Map<Pool, Exposure>, T> learn) {
        var learnt = learn.apply(
                new Replay(lives, HALF_LIFE).advanceTo(time(race.ticks() / 3)).seen());
        return tick -> learnt;
    }

    /** Fitted anew every hour of the trace, from what was seen until then. */
    private <T> IntFunction<T> learningOn(Function<Map<Pool, Exposure>, T> learn) {
        var replay = new Replay(lives, HALF_LIFE);
        int each = Math.max(1, (int) (REFIT.toMinutes() / 60.0 / race.tickHours()));
        var models = new ArrayList<T>();
        for (int tick = 0; tick < race.ticks(); tick += each) {
            models.add(
                    tick < race.ticks() / 3 && tick > 0
                            ? models.getLast()
                            : learn.apply(replay.advanceTo(time(tick)).seen()));
        }
        return tick -> models.get(tick / each);
    }

    private Instant time(int tick) {
        return START.plusMillis(Math.round(tick * race.tickHours() * 3_600_000));
    }

    /** All of them by name; those that learn do so once. */
    Map<String, Race.RuleForWindow> all() {
        var rules = new LinkedHashMap<String, Race.RuleForWindow>();
        rules.put("price order", this::priceOrder);
        rules.put("skip region", this::skipRegion);
        rules.put("SpotHedge list", this::spotHedge);
        once(rules, "age", oldest());
        once(rules, "age × pool residual life", residualLife());
        once(rules, "pool rate", poolRate());
        once(rules, "pool rate, learning on", poolRateLearningOn());
        once(rules, "ours, first third only", ours());
        once(rules, "ours, learning on", oursLearningOn());
        once(rules, "oracle", oracle());
        return rules;
    }

    private static void once(Map<String, Race.RuleForWindow> rules, String name, Rule rule) {
        rules.put(name, () -> rule);
    }
}
