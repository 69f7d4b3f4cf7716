package io.spotplane.benchmarks.risk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.AgeBand;
import io.spotplane.pricing.risk.hazard.Calibration;
import io.spotplane.pricing.risk.hazard.Exposure;
import io.spotplane.pricing.risk.hazard.Prequential;
import io.spotplane.pricing.risk.hazard.Spell;
import io.spotplane.pricing.risk.hazard.StatedRates;
import io.spotplane.pricing.risk.hazard.Togetherness;
import io.spotplane.pricing.risk.report.ReliabilityPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How good forecasts of survival are, on real lives, each said before it was seen: Brier score and its parts, log-likelihood, beside one constant
 * hazard for each pool and one for all. With the hazards by age that were seen, and the pictures of both.
 */
class CalibrationBenchmark {

    private static final List<Duration> HORIZONS =
            List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));
    private static final List<Duration> HALF_LIVES =
            List.of(Duration.ofDays(10), Duration.ofDays(30), Rules.HALF_LIFE, Duration.ofDays(1000));

    /** Lives that were recorded together. */
    private record Recording(String name, List<Spell> lives) {

        /** Where the first third ends: before, there is little to learn from. */
        Instant secondThird() {
            var first = lives.stream()
                    .map(Spell::from)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            var last =
                    lives.stream().map(Spell::to).max(Comparator.naturalOrder()).orElseThrow();
            return first.plus(Duration.between(first, last).dividedBy(3));
        }
    }

    @Test
    void compare() throws IOException {
        var shared = SpotTraces.shared();
        assumeTrue(
                shared.isPresent(), "no shared folder with spot traces was found; name one with -Dspotplane.shared=…");
        var recordings = recordings(shared.get());
        var report = scores(recordings) + "\n" + halfLives(recordings) + "\n" + hazards(recordings) + "\n"
                + lifts(recordings);
        Files.writeString(Path.of("target/calibration.md"), report);
        System.out.println(report);
        draw(recordings);
    }

    private static String scores(List<Recording> recordings) {
        var table = new StringBuilder("""
                | last two thirds, horizons 1, 6, 24 h | forecasts | Brier ours | pool rate | base rate | unreliability | resolution | log-lik. ours | pool rate | base rate |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (var recording : recordings) {
            var scored = calibration(recording, Rules.HALF_LIFE);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f |%n",
                    recording.name(),
                    scored.forecasts(),
                    scored.ours().brier(),
                    scored.poolRate().brier(),
                    scored.baseRate().brier(),
                    scored.ours().unreliability(),
                    scored.ours().resolution(),
                    scored.ours().logLikelihood(),
                    scored.poolRate().logLikelihood(),
                    scored.baseRate().logLikelihood()));
        }
        return table.toString();
    }

    private static String halfLives(List<Recording> recordings) {
        var table = new StringBuilder("| log-likelihood by half-life |");
        HALF_LIVES.forEach(half -> table.append(" ").append(half.toDays()).append(" d |"));
        table.append("\n| --- |").append(" ---: |".repeat(HALF_LIVES.size())).append('\n');
        for (var recording : recordings) {
            table.append("| ").append(recording.name()).append(" |");
            HALF_LIVES.forEach(half -> table.append(String.format(
                    Locale.ROOT, " %.4f |", calibration(recording, half).ours().logLikelihood())));
            table.append('\n');
        }
        return table.toString();
    }

    private static Calibration calibration(Recording recording, Duration halfLife) {
        return Calibration.of(new Prequential(halfLife, Duration.ofHours(6), HORIZONS)
                .about(recording.lives(), recording.secondThird(), StatedRates.NONE));
    }

    private static String hazards(List<Recording> recordings) {
        var table = new StringBuilder("| reclaims an hour by age |");
        for (var band : AgeBand.values()) {
            table.append(' ').append(band.label()).append(" |");
        }
        table.append("\n| --- |")
                .append(" ---: |".repeat(AgeBand.values().length))
                .append('\n');
        for (var recording : recordings) {
            var all = exposure(recording);
            table.append("| ").append(recording.name()).append(" |");
            for (var band : AgeBand.values()) {
                table.append(
                        all.hours(band) < 5
                                ? " – |"
                                : String.format(Locale.ROOT, " %.3f |", all.ends(band) / all.hours(band)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static Exposure exposure(Recording recording) {
        var all = new Exposure();
        for (var life : recording.lives()) {
            all.lived(0, Duration.between(life.from(), life.to()).toMillis() / 3_600_000.0, life.ended());
        }
        return all;
    }

    private static String lifts(List<Recording> recordings) {
        var table =
                new StringBuilder("| togetherness (lift) | same pool | same region | other region | other family |\n");
        table.append("| --- | ---: | ---: | ---: | ---: |\n");
        for (var recording : recordings) {
            var learnt = Togetherness.learn(recording.lives());
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                    recording.name(),
                    learnt.lift(Togetherness.Kind.SAME_POOL),
                    learnt.lift(Togetherness.Kind.SAME_REGION),
                    learnt.lift(Togetherness.Kind.OTHER_REGION),
                    learnt.lift(Togetherness.Kind.OTHER_FAMILY)));
        }
        return table.toString();
    }

    private static void draw(List<Recording> recordings) throws IOException {
        var largest = recordings.stream()
                .max(Comparator.comparingInt(recording -> recording.name().contains("02-15-2023")
                        ? Integer.MAX_VALUE
                        : recording.lives().size()))
                .orElseThrow();
        Files.writeString(
                Path.of("target/reliability.svg"),
                ReliabilityPicture.of(calibration(largest, Rules.HALF_LIFE), "Survival forecasts, " + largest.name()));
        var plot = new HazardPlot("Reclaims an hour by age");
        for (var recording : recordings) {
            var all = exposure(recording);
            if (all.ends() >= 50) {
                plot.add(recording.name(), all);
            }
        }
        Files.writeString(Path.of("target/hazard-by-age.svg"), plot.svg());
    }

    private static List<Recording> recordings(Path shared) throws IOException {
        var recordings = new ArrayList<Recording>();
        for (var set : SpotTraces.sets(shared)) {
            var lives = set.pools().stream()
                    .flatMap(recorded -> Spell.lives(recorded.pool(), Rules.start(), recorded.trace()).stream())
                    .toList();
            if (lives.stream().anyMatch(Spell::ended)) {
                recordings.add(new Recording(set.name(), lives));
            }
        }
        recordings.add(new Recording("gcp-preemptions-2019", machinesOf2019(shared)));
        recordings.add(new Recording("bamboo p3 cluster", cluster(shared)));
        return recordings;
    }

    /** Lifetimes of single machines, each preempted. */
    private static List<Spell> machinesOf2019(Path shared) throws IOException {
        return Files.readAllLines(shared.resolve("data/gcp-preemptions-2019/lifetimes.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> new Spell(
                        new Pool("gcp", cells[1].substring(0, cells[1].length() - 2), cells[1], cells[2]),
                        OffsetDateTime.parse(cells[4]).toInstant(),
                        OffsetDateTime.parse(cells[4])
                                .toInstant()
                                .plusMillis(Math.round(Double.parseDouble(cells[8]) * 1000)),
                        true))
                .toList();
    }

    /** Nodes that joined a cluster and were taken out of it. */
    private static List<Spell> cluster(Path shared) throws IOException {
        var pool = new Pool("aws", "unknown", null, "p3.2xlarge");
        var joined = new HashMap<String, Instant>();
        var lives = new ArrayList<Spell>();
        var last = Rules.start();
        for (var line :
                Files.readAllLines(shared.resolve("data/bamboo/p3-trace.csv")).subList(1, 345)) {
            var cells = line.split(",");
            last = Rules.start().plusMillis(Long.parseLong(cells[0]));
            var since = cells[1].equals("add") ? joined.put(cells[2], last) : joined.remove(cells[2]);
            if (cells[1].equals("remove") && since != null) {
                lives.add(new Spell(pool, since, last, true));
            }
        }
        for (var since : joined.values()) {
            lives.add(new Spell(pool, since, last, false));
        }
        return lives;
    }
}
