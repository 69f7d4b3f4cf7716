package io.spotplane.benchmarks.risk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spotplane.benchmarks.risk.SpotTraces.TraceSet;
import io.spotplane.pricing.risk.hazard.Spell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Where to launch one replica, again after each reclaim: reclaims a day over windows of the last two thirds of real traces. All rules run on the same
 * windows with the same random price orders; ratios beside the learned pool rate.
 */
class PlacementBenchmark {

    private static final int WINDOWS = 40;
    private static final double DAYS = 7;
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    @Test
    void compare() throws IOException {
        var shared = SpotTraces.shared();
        assumeTrue(
                shared.isPresent(), "no shared folder with spot traces was found; name one with -Dspotplane.shared=…");
        var table = SpotTraces.sets(shared.get()).stream()
                .flatMap(set -> races(set).stream())
                .map(PlacementBenchmark::section)
                .collect(Collectors.joining("\n"));
        Files.writeString(Path.of("target/placement.md"), table);
        System.out.println(table);
    }

    /** The set as a whole, and pools of one type by themselves where the set mixes types. */
    private static List<TraceSet> races(TraceSet set) {
        var races = new ArrayList<TraceSet>();
        races.add(set);
        var byType = set.pools().stream()
                .collect(Collectors.groupingBy(recorded -> recorded.pool().instanceType()));
        if (byType.size() > 1) {
            byType.forEach((type, pools) -> races.add(new TraceSet(set.name() + " " + type, pools)));
        }
        return races.stream().filter(race -> race.pools().size() > 1).toList();
    }

    private static String section(TraceSet set) {
        var race = new Race(set);
        var lives = set.pools().stream()
                .flatMap(recorded -> Spell.lives(recorded.pool(), Rules.start(), recorded.trace()).stream())
                .toList();
        var rules = new Rules(race, lives).all();
        var names = List.copyOf(rules.keySet());
        var lossesPerDay = new double[names.size()];
        var uptime = new double[names.size()];
        var worst = new double[names.size()];
        int reference = names.indexOf("pool rate");
        for (long seed : SEEDS) {
            var tallies = race.run(List.copyOf(rules.values()), WINDOWS, DAYS, seed);
            for (int rule = 0; rule < names.size(); rule++) {
                var tally = tallies.get(rule);
                lossesPerDay[rule] += tally.lossesPerDay() / SEEDS.size();
                uptime[rule] += tally.uptime() / SEEDS.size();
                worst[rule] = Math.max(
                        worst[rule],
                        tally.lossesPerDay() / tallies.get(reference).lossesPerDay());
            }
        }
        var table =
                new StringBuilder("""
                | %s: %d pools, %.1f days | reclaims/day | of pool rate | worst seed | uptime |
                | --- | ---: | ---: | ---: | ---: |
                """.formatted(set.name(), race.pools().size(), race.ticks() * race.tickHours() / 24));
        for (int rule = 0; rule < names.size(); rule++) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.3f | %.2f %% |%n",
                    names.get(rule),
                    lossesPerDay[rule],
                    lossesPerDay[rule] / lossesPerDay[reference],
                    worst[rule],
                    uptime[rule] * 100));
        }
        return table.toString();
    }
}
