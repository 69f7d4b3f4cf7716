package io.spotplane.providers.rackspace;

import io.spotplane.contracts.vocabulary.BidRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which bids are accepted, as dated facts that the module carries: Rackspace Spot's API tells the least bid of a class and not the ladder. */
final class BidLadders {

    private static final String FILE = "bid-ladders.csv";

    private final TreeMap<LocalDate, Ladder> byDate;

    private record Ladder(int decimals, List<BidRules.Step> steps) {}

    private record Row(LocalDate from, int decimals, BidRules.Step step) {}

    private BidLadders(TreeMap<LocalDate, Ladder> byDate) {
        this.byDate = byDate;
    }

    /** The facts in the module. */
    static BidLadders carried() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(BidLadders.class.getResourceAsStream(FILE), FILE), StandardCharsets.UTF_8))) {
            return of(
                    lines.lines().filter(line -> !line.startsWith("#")).skip(1).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ladders in lines of {@code effective_from,decimals,from,add}. */
    static BidLadders of(List<String> lines) {
        return new BidLadders(lines.stream()
                .map(line -> line.split(",", -1))
                .map(row -> new Row(
                        LocalDate.parse(row[0]),
                        Integer.parseInt(row[1]),
                        new BidRules.Step(new BigDecimal(row[2]), new BigDecimal(row[3]))))
                .collect(Collectors.groupingBy(
                        Row::from,
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), BidLadders::ladder))));
    }

    private static Ladder ladder(List<Row> rows) {
        return new Ladder(
                rows.getFirst().decimals(), rows.stream().map(Row::step).toList());
    }

    /**
     * The rules of a class.
     *
     * @param minimum its own least bid; empty where only the ladder's lowest rung is known
     * @param at when bids are to be made; before the first ladder the first one counts
     */
    BidRules rules(Optional<BigDecimal> minimum, Instant at) {
        var entry = inForce(LocalDate.ofInstant(at, ZoneOffset.UTC));
        var ladder = entry.getValue();
        var lowest = ladder.steps().getFirst().from();
        return new BidRules(minimum.map(lowest::max).orElse(lowest), ladder.decimals(), ladder.steps(), entry.getKey());
    }

    private Map.Entry<LocalDate, Ladder> inForce(LocalDate day) {
        return Optional.ofNullable(byDate.floorEntry(day)).orElseGet(byDate::firstEntry);
    }
}
