package io.spotplane.benchmarks.bids;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import io.spotplane.pricing.bid.ChooseBid;
import io.spotplane.pricing.bid.Question;
import io.spotplane.pricing.bid.Ties;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bids by replay on real price paths: the lowest price of a GPU at each of several clouds, every 40 minutes for 18 days, taken for auctions. Walking forward: every six
 * hours, from the sixth day on, each rule bids with what was seen so far, and the next day judges.
 */
class ReplayBenchmark {

    private static final BidRules CENTS = new BidRules(new BigDecimal("0.01"), 2, List.of(), LocalDate.EPOCH);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_GAP = Duration.ofHours(3);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void judgeByTheNextDay() throws IOException {
        var paths = paths();
        assertThat(paths).isNotEmpty();
        var report = new ArrayList<String>();
        report.add("%d auctions whose price moved".formatted(paths.size()));
        report.add("");
        report.add("| rule | promised | survived | lost of | bid / market, mean |");
        report.add("| --- | ---: | ---: | ---: | ---: |");
        for (var wanted : List.of(0.80, 0.95, 0.99)) {
            report.add(walk(paths, "**ours, %.2f over 24 h**".formatted(wanted), moment -> ours(moment, wanted)));
        }
        report.add(walk(paths, "market", Moment::market));
        report.add(walk(paths, "market x 1.05", moment -> Math.round(moment.market() * 1.05)));
        report.add(walk(paths, "market x 1.2", moment -> Math.round(moment.market() * 1.2)));
        report.add(walk(
                paths, "P80 of what was seen", moment -> Math.max(moment.past().quantile(0.8), moment.market())));
        report.add(walk(paths, "highest price seen", moment -> moment.past().quantile(1)));
        report.forEach(System.out::println);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/bids-replay.md"), report);
    }

    private static long ours(Moment moment, double wanted) {
        var choose = ChooseBid.learning(Map.of(), moment.others(), id -> CENTS, Ties.HELD, Rule.HALF_LIFE, moment.at());
        var question = new Question(moment.offering(), CENTS, wanted, DAY, null, Ties.HELD);
        var record = new AuctionRecord(
                moment.name(), AuctionRecord.Source.AUCTION_HISTORY, moment.past(), null, moment.at(), 0, null);
        var chosen = Objects.requireNonNull(choose.answer(question, record).chosen());
        moment.promises().add(chosen.survival().probability());
        return chosen.bid();
    }

    private static String walk(Map<String, PricePath> paths, String name, ToLongFunction<Moment> rule) {
        var promises = new ArrayList<Double>();
        var judged = 0;
        var lost = 0;
        var ratios = 0.0;
        for (var auction : paths.entrySet()) {
            var path = auction.getValue();
            var end = path.until().minus(DAY);
            for (var at = path.from().plus(Duration.ofDays(6)); at.isBefore(end); at = at.plus(Duration.ofHours(6))) {
                var past = path.between(path.from(), at);
                var next = path.between(at, at.plus(DAY));
                if (next.isEmpty() || !past.until().equals(at) || next.known().compareTo(Duration.ofHours(20)) < 0) {
                    continue;
                }
                var moment = new Moment(auction.getKey(), at, past, until(paths, at), promises);
                var bid = rule.applyAsLong(moment);
                judged++;
                ratios += (double) bid / moment.market();
                lost += next.stretches().stream().anyMatch(stretch -> stretch.micros() > bid) ? 1 : 0;
            }
        }
        return "| %s | %s | %.2f %% | %d of %d | %.3f |"
                .formatted(
                        name,
                        promises.isEmpty()
                                ? ""
                                : "%.2f %%"
                                        .formatted(100
                                                * promises.stream()
                                                        .mapToDouble(one -> one)
                                                        .average()
                                                        .orElse(0)),
                        100.0 * (judged - lost) / judged,
                        lost,
                        judged,
                        ratios / judged);
    }

    private static Map<String, PricePath> until(Map<String, PricePath> paths, Instant at) {
        var past = new TreeMap<String, PricePath>();
        paths.forEach((name, path) -> past.put(name, path.between(Instant.EPOCH, at)));
        return past;
    }

    /** The lowest price of each cloud and GPU, where it moved at all. */
    private static Map<String, PricePath> paths() throws IOException {
        var points = new TreeMap<String, List<PricePath.Point>>();
        try (var files = Files.newDirectoryStream(SharedData.path("neocloud-prices"), "*.jsonl.gz")) {
            for (var file : files) {
                read(file, points);
            }
        }
        var paths = new TreeMap<String, PricePath>();
        points.forEach((name, seen) -> {
            var path = PricePath.through(
                    withGaps(seen), Instant.ofEpochSecond(seen.getLast().second()));
            if (path.stretches().stream()
                            .mapToLong(PricePath.Stretch::micros)
                            .distinct()
                            .count()
                    > 1) {
                paths.put(name, path);
            }
        });
        return paths;
    }

    private static void read(Path file, Map<String, List<PricePath.Point>> points) throws IOException {
        var gpu = file.getFileName().toString().replace(".jsonl.gz", "");
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = JSON.readTree(line);
                var second =
                        OffsetDateTime.parse(row.path("timestamp").asString()).toEpochSecond();
                for (var cloud : row.path("by_provider").properties()) {
                    var least = Micros.of(
                            new BigDecimal(cloud.getValue().path("min").asString()));
                    points.computeIfAbsent(gpu + "@" + cloud.getKey(), name -> new ArrayList<>())
                            .add(new PricePath.Point(second, least));
                }
            }
        }
    }

    private static List<PricePath.Point> withGaps(List<PricePath.Point> seen) {
        var all = new ArrayList<PricePath.Point>();
        for (var point : seen) {
            if (!all.isEmpty() && point.second() - all.getLast().second() > LONGEST_GAP.toSeconds()) {
                all.add(new PricePath.Point(all.getLast().second() + LONGEST_GAP.toSeconds(), null));
            }
            all.add(point);
        }
        return all;
    }

    /**
     * What a rule may know.
     *
     * @param name of the auction
     * @param at the time
     * @param past the prices so far
     * @param others the same of all auctions
     * @param promises where a rule that states a survival notes it
     */
    private record Moment(
            String name, Instant at, PricePath past, Map<String, PricePath> others, List<Double> promises) {

        long market() {
            return past.last().orElseThrow();
        }

        Offering offering() {
            var price = new HourlyPrice(Micros.toAmount(market()), "USD");
            return new Offering(
                    name,
                    "clouds",
                    "any",
                    null,
                    name,
                    0,
                    0,
                    null,
                    CapacityType.SPOT,
                    price,
                    price,
                    Availability.UNKNOWN,
                    "recorded",
                    at,
                    at,
                    null,
                    CENTS);
        }
    }
}
