package io.spotplane.benchmarks.bids;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import io.spotplane.pricing.bid.ChooseBid;
import io.spotplane.pricing.bid.Question;
import io.spotplane.pricing.bid.Strategy;
import io.spotplane.pricing.bid.Ties;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * Bids chosen on one date from that date's feed and all earlier ones, judged by every later date: a machine survives when the market price then is not above its bid.
 * The peers' bids are put on the ladder too, because the market would refuse them otherwise.
 */
class BidBenchmark {

    private static final Duration HALF_LIFE = Duration.ofDays(30);

    @Test
    void judgeByLaterDates() throws IOException {
        var snapshots = Snapshots.in(SharedData.path("rackspace-spot"));
        assertThat(snapshots.byDate().size()).isGreaterThan(1);
        var p80 = new Rule("P80", date -> peer(date, snapshots, look -> Math.max(look.p80(), look.market())));
        var rules = new ArrayList<>(List.of(
                p80,
                new Rule("P50", date -> peer(date, snapshots, look -> Math.max(look.p50(), look.market()))),
                new Rule("market x 1.2", date -> peer(date, snapshots, look -> look.market() * 12 / 10)),
                new Rule(
                        "max(market, P80) x 1.05 (a public client)",
                        date -> peer(date, snapshots, look -> Math.max(look.p80(), look.market()) * 105 / 100))));
        for (var strategy : Strategy.values()) {
            rules.add(new Rule("**ours, " + strategy + "**", date -> ours(date, snapshots, strategy, HALF_LIFE)));
        }
        var report = new ArrayList<String>();
        report.add(
                "| rule | bids judged | survived | of P80's failures + | mean bid | bid / P80's, mean | sum of bids / P80's | mean paid while held |");
        report.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var base = new Judgement(snapshots, p80, p80);
        for (var rule : rules) {
            report.add(new Judgement(snapshots, rule, p80).row(base));
        }
        report.add("");
        report.add("By the date of choosing, ours LIKE_P80 against P80: bids lost, bid ratio (mean, of sums).");
        report.add("");
        report.add("| chosen on | earlier looks | judged | P80 lost | ours lost | ratio, mean | ratio of sums |");
        report.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        var like = rules.getLast();
        for (var date : snapshots.byDate().headMap(snapshots.byDate().lastKey()).keySet()) {
            report.add(new Judgement(snapshots, like, p80, date).dateRow(date));
        }
        report.add("");
        report.add("Half-life of what was learnt, LIKE_P80.");
        report.add("");
        report.add("| half-life | lost | ratio, mean |");
        report.add("| --- | ---: | ---: |");
        for (var days : List.of(7, 14, 30, 60, 365)) {
            var forgetting = new Rule("", date -> ours(date, snapshots, Strategy.LIKE_P80, Duration.ofDays(days)));
            var judged = new Judgement(snapshots, forgetting, p80);
            report.add("| %d d | %d | %.3f |".formatted(days, judged.lost, judged.meanRatio()));
        }
        publish(report);
    }

    private static Map<String, Long> peer(LocalDate date, Snapshots snapshots, ToLongFunction<Look> wanted) {
        var bids = new TreeMap<String, Long>();
        snapshots
                .byDate()
                .get(date)
                .forEach((id, look) ->
                        bids.put(id, Micros.of(Snapshots.RULES.atLeast(Micros.toAmount(wanted.applyAsLong(look))))));
        return bids;
    }

    private static Map<String, Long> ours(LocalDate date, Snapshots snapshots, Strategy strategy, Duration halfLife) {
        var now = Snapshots.instant(date);
        var choose = ChooseBid.learning(snapshots.known(date), id -> Snapshots.RULES, Ties.HELD, halfLife, now);
        var survival = strategy.survival() == null ? choose.survivalLikeP80(strategy.horizon()) : strategy.survival();
        var bids = new TreeMap<String, Long>();
        snapshots.byDate().get(date).forEach((id, look) -> {
            var question = new Question(
                    Snapshots.offering(look), Snapshots.RULES, survival, strategy.horizon(), null, Ties.HELD);
            var record = new AuctionRecord(id, null, PricePath.UNKNOWN, look, now, 0, null);
            bids.put(
                    id,
                    Objects.requireNonNull(choose.answer(question, record).chosen())
                            .bid());
        });
        return bids;
    }

    private static void publish(List<String> report) throws IOException {
        report.forEach(System.out::println);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/bids.md"), report);
    }

    private record Rule(String name, Function<LocalDate, Map<String, Long>> bids) {}

    /** How the bids of one rule fared on later dates. */
    private static final class Judgement {

        private final String name;
        private int judged;
        private int lost;
        private int peerLost;
        private int heldMedian;
        private int heldP80;
        private long sum;
        private long peerSum;
        private double ratios;
        private long paid;

        Judgement(Snapshots snapshots, Rule rule, Rule peer) {
            name = rule.name();
            snapshots.byDate().keySet().forEach(date -> judge(snapshots, rule, peer, date));
        }

        Judgement(Snapshots snapshots, Rule rule, Rule peer, LocalDate date) {
            name = rule.name();
            judge(snapshots, rule, peer, date);
        }

        private void judge(Snapshots snapshots, Rule rule, Rule peer, LocalDate date) {
            var bids = rule.bids().apply(date);
            var peers = peer.bids().apply(date);
            for (var later : snapshots.byDate().tailMap(date, false).values()) {
                later.forEach((id, look) -> {
                    if (bids.containsKey(id)) {
                        judge(bids.get(id), peers.get(id), look);
                    }
                });
            }
        }

        private void judge(long bid, long peerBid, Look later) {
            judged++;
            sum += bid;
            peerSum += peerBid;
            ratios += (double) bid / peerBid;
            peerLost += peerBid < later.market() ? 1 : 0;
            heldMedian += bid >= later.p50() ? 1 : 0;
            heldP80 += bid >= later.p80() ? 1 : 0;
            if (bid < later.market()) {
                lost++;
            } else {
                paid += Math.max(later.market(), Micros.of(Snapshots.RULES.minimum()));
            }
        }

        double meanRatio() {
            return ratios / judged;
        }

        String row(Judgement base) {
            return "| %s | %d | %.2f %% (%d lost) | %.1f / %.1f %% | %s | %.3f | %.3f | %s |"
                    .formatted(
                            name,
                            judged,
                            100.0 * (judged - lost) / judged,
                            lost,
                            100.0 * heldMedian / judged,
                            100.0 * heldP80 / judged,
                            usd(sum / judged),
                            meanRatio(),
                            (double) sum / base.sum,
                            usd(paid / Math.max(judged - lost, 1)));
        }

        String dateRow(LocalDate date) {
            return "| %s | | %d | %d | %d | %.3f | %.3f |"
                    .formatted(date, judged, peerLost, lost, meanRatio(), (double) sum / peerSum);
        }

        private static String usd(long micros) {
            return BigDecimal.valueOf(micros, 6)
                    .setScale(4, java.math.RoundingMode.HALF_UP)
                    .toPlainString();
        }
    }
}
