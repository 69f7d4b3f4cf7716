package io.spotplane.benchmarks.bids;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.benchmarks.plot.LinePlot;
import io.spotplane.pricing.bid.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bids chosen on each date of the percentile feed from that date and all earlier ones, judged by every later date. */
class BidBenchmark {

    private static final Path TABLE = Path.of("target/bids.md");
    private static final Path PLOT = Path.of("../../docs/img/bids.svg");

    @Test
    void judgeByLaterDates() throws IOException {
        var snapshots = Snapshots.in(SharedData.path("rackspace-spot"));
        assertThat(snapshots.byDate()).hasSizeGreaterThan(1);
        var report = new ArrayList<String>();
        rules(snapshots, report);
        dates(snapshots, report);
        halfLives(snapshots, report);
        report.forEach(System.out::println);
        Files.createDirectories(TABLE.getParent());
        Files.write(TABLE, report);
        plot(snapshots).write(PLOT);
    }

    private static void rules(Snapshots snapshots, List<String> report) {
        report.add(
                "| rule | survived | lost of | bid / P80's, mean | sum of bids / P80's | mean bid | mean paid | at or above later P50, P80 |");
        report.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var peers = Stream.of(
                Rule.p80(snapshots),
                Rule.onLadder("P50", snapshots, look -> Math.max(look.p50(), look.market())),
                Rule.onLadder("market x 1.2", snapshots, look -> look.market() * 12 / 10),
                Rule.onLadder(
                        "max(market, P80) x 1.05, a public client's",
                        snapshots,
                        look -> Math.max(look.p80(), look.market()) * 105 / 100));
        var ours = Arrays.stream(Strategy.values()).map(strategy -> Rule.ours(snapshots, strategy, Rule.HALF_LIFE));
        Stream.concat(peers, ours).forEach(rule -> {
            var judged = judge(snapshots, rule, (chosen, later) -> true);
            report.add("| %s | %.2f %% | %d of %d | %.3f | %.3f | %s | %s | %.1f %%, %.1f %% |"
                    .formatted(
                            rule.name(),
                            100 * judged.survived(),
                            judged.lost(),
                            judged.judged(),
                            judged.meanRatio(),
                            judged.ratioOfSums(),
                            judged.meanOffer(),
                            judged.meanPaid(),
                            100 * judged.heldMedian(),
                            100 * judged.heldP80()));
        });
    }

    private static void dates(Snapshots snapshots, List<String> report) {
        var like = Rule.ours(snapshots, Strategy.LIKE_P80, Rule.HALF_LIFE);
        report.add("");
        report.add("| LIKE_P80 | earlier looks | judged | P80 lost | ours lost | bid / P80's, mean | of sums |");
        report.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (var date : snapshots.byDate().headMap(snapshots.byDate().lastKey()).keySet()) {
            var earlier = snapshots.byDate().headMap(date).size();
            report.add(row(
                    "chosen on " + date,
                    String.valueOf(earlier),
                    judge(snapshots, like, (chosen, later) -> chosen.equals(date))));
        }
        for (var date :
                snapshots.byDate().tailMap(snapshots.byDate().firstKey(), false).keySet()) {
            report.add(row("judged on " + date, "", judge(snapshots, like, (chosen, later) -> later.equals(date))));
        }
    }

    private static String row(String name, String earlier, Judgement judged) {
        return "| %s | %s | %d | %d | %d | %.3f | %.3f |"
                .formatted(
                        name,
                        earlier,
                        judged.judged(),
                        judged.peerLost(),
                        judged.lost(),
                        judged.meanRatio(),
                        judged.ratioOfSums());
    }

    private static void halfLives(Snapshots snapshots, List<String> report) {
        report.add("");
        report.add("| half-life, LIKE_P80 | lost | bid / P80's, mean |");
        report.add("| --- | ---: | ---: |");
        for (var days : List.of(7, 14, 30, 60, 3650)) {
            var judged = judge(
                    snapshots, Rule.ours(snapshots, Strategy.LIKE_P80, Duration.ofDays(days)), (chosen, later) -> true);
            report.add("| %d d | %d | %.3f |".formatted(days, judged.lost(), judged.meanRatio()));
        }
    }

    private static Judgement judge(Snapshots snapshots, Rule rule, BiPredicate<LocalDate, LocalDate> counts) {
        return new Judgement(snapshots, rule, Rule.p80(snapshots), counts);
    }

    /** What each kind of rule gets for its bids, on the dates on which an earlier one was known. */
    private static LinePlot plot(Snapshots snapshots) {
        var plot = new LinePlot(
                "What higher bids buy: machines alive at later dates",
                "bid / bid of the P80 rule, mean",
                "machines lost by the later date, %");
        var multiples = DoubleStream.iterate(0.5, multiple -> multiple <= 4, multiple -> multiple * 1.12);
        frontier(
                plot,
                snapshots,
                "market x k",
                DoubleStream.iterate(1.0, multiple -> multiple <= 12, multiple -> multiple * 1.15),
                multiple -> Rule.onLadder("", snapshots, look -> Math.round(look.market() * multiple)));
        frontier(
                plot,
                snapshots,
                "max(market, P50 x k)",
                multiples,
                multiple -> Rule.onLadder(
                        "", snapshots, look -> Math.max(look.market(), Math.round(look.p50() * multiple))));
        frontier(
                plot,
                snapshots,
                "max(market, P80 x k)",
                DoubleStream.iterate(0.1, multiple -> multiple <= 2, multiple -> multiple * 1.12),
                multiple -> Rule.onLadder(
                        "", snapshots, look -> Math.max(look.market(), Math.round(look.p80() * multiple))));
        frontier(
                plot,
                snapshots,
                "ours, survival wanted",
                DoubleStream.of(0.5, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.997),
                wanted -> Rule.ours("", snapshots, Duration.ofDays(28), Rule.HALF_LIFE, choose -> wanted));
        return plot;
    }

    private static void frontier(
            LinePlot plot, Snapshots snapshots, String name, DoubleStream settings, DoubleFunction<Rule> rule) {
        var first = snapshots.byDate().firstKey();
        var judged = settings.mapToObj(
                        setting -> judge(snapshots, rule.apply(setting), (chosen, later) -> chosen.isAfter(first)))
                .filter(one -> one.meanRatio() <= 1.6)
                .toList();
        plot.line(
                name,
                judged.stream().mapToDouble(Judgement::meanRatio).toArray(),
                judged.stream().mapToDouble(one -> 100 * (1 - one.survived())).toArray());
    }
}
