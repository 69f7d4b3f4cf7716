package io.spotplane.pricing.market;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.Debounce;
import io.spotplane.pricing.book.Lease;
import io.spotplane.pricing.book.Recorded;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.testing.OfferingBuilder;
import io.spotplane.pricing.testing.RememberedBook;
import io.spotplane.pricing.testing.SharedData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed that flaps, through the comparison, the debounce and the telling of what was held, in virtual time. */
class DebouncedSweepsTest {

    private static final Instant START = Instant.parse("2026-04-02T00:00:00Z");

    private final RememberedBook book = new RememberedBook();
    private final Lease lease = book.lease("azure");
    private Recorded recorded = new Recorded(0, 0, 0, 0);
    private Instant lookedAt = START;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tellsWhatASimpleModelTellsWhateverTheFeedDoes(long seed) {
        // Given
        var random = new Random(seed);
        var window = Duration.ofMinutes(random.nextInt(1, 30));
        var model = new Model(window);
        // When
        for (int minute = 0; minute < 600; minute++) {
            var now = START.plus(Duration.ofMinutes(minute));
            if (random.nextInt(4) == 0) {
                var seen = seen(random);
                sweep(seen, window, now);
                model.sweep(seen);
            }
            tellHeld(now);
            model.tick(now);
        }
        // Then
        assertThat(told()).isEqualTo(model.told);
        assertThat(book.forSale("azure")).isEqualTo(model.newest);
    }

    /** Some of eight offerings, at one of three prices each. */
    private static Map<String, Offering> seen(Random random) {
        var seen = new HashMap<String, Offering>();
        for (int number = 0; number < 8; number++) {
            if (random.nextInt(5) > 0) {
                var offering = offering("azure", "d" + number).at("0.1" + random.nextInt(3));
                seen.put(offering.id(), offering);
            }
        }
        return seen;
    }

    @Test
    void tellsOfAChangeThatLastsWhenItsWindowEndsThoughNoSweepComes() {
        // Given
        var cheap = offering("azure", "d4").at("0.10");
        var dear = offering("azure", "d4").at("0.20");
        sweep(Map.of(cheap.id(), cheap), Duration.ofHours(6), START);
        sweep(Map.of(dear.id(), dear), Duration.ofHours(6), START.plusSeconds(60));
        // When
        tellHeld(START.plus(Duration.ofHours(6)).minusSeconds(1));
        var before = book.news("azure");
        tellHeld(START.plus(Duration.ofHours(6)));
        // Then
        assertThat(before).containsExactly(new Change.Listed(cheap));
        assertThat(book.news("azure")).containsExactly(new Change.Listed(cheap), new Change.Altered(dear, cheap));
        assertThat(book.forSale("azure")).containsValue(dear);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT6H"})
    void endsWhereTheRealFeedOfAprilEndsWithoutItsFlaps(Duration window) {
        // Given
        var catalogue = SharedData.file("azure/catalog-2026-04-02.csv.gz");
        var changes = SharedData.file("azure/changes-2026-04.csv.gz");
        assumeTrue(catalogue.isPresent() && changes.isPresent(), "no real market data beside the checkout");
        var feed = new AzureFeed(SharedData.rows(catalogue.get()));
        sweep(feed.offerings, window, START);
        var listed = recorded;
        // When
        var batches = AzureFeed.batches(SharedData.rows(changes.get()));
        batches.forEach((at, rows) -> {
            tellHeldUntil(at);
            feed.apply(rows);
            sweep(feed.offerings, window, at);
        });
        tellHeldUntil(batches.lastKey().plus(window));
        // Then
        var flaps = recorded.settled() - listed.settled();
        System.out.printf(
                "window %s: %d batches, %,d changes of offerings, %,d told, %,d held at first, %,d flaps that nobody heard of%n",
                window,
                batches.size(),
                book.rounds.stream().mapToInt(List::size).sum() - listed.told(),
                book.news("azure").size() - listed.told(),
                recorded.held(),
                flaps);
        assertThat(batches).hasSize(44);
        assertThat(book.forSale("azure")).isEqualTo(feed.offerings);
        assertThat(lastTold()).isEqualTo(feed.offerings);
        assertThat(leastPause()).isGreaterThanOrEqualTo(window);
    }

    private void sweep(Map<String, Offering> seen, Duration window, Instant at) {
        var changes = SweepComparison.between(book.forSale("azure"), seen, at).changes();
        recorded = recorded.and(Objects.requireNonNull(
                book.record(lease, changes, new Debounce(window), at).block()));
    }

    private void tellHeld(Instant now) {
        book.tell("azure", now).block();
    }

    /** Three times on the way, as somebody who looks now and then. */
    private void tellHeldUntil(Instant end) {
        var third = Duration.between(lookedAt, end).dividedBy(3);
        for (int look = 1; look <= 3; look++) {
            tellHeld(lookedAt.plus(third.multipliedBy(look)));
        }
        tellHeld(end);
        lookedAt = end;
    }

    private List<Tale> told() {
        return book.tellings("azure").stream()
                .map(telling -> new Tale(
                        telling.at(),
                        telling.news().offering().id(),
                        telling.news().after()))
                .sorted()
                .toList();
    }

    /** What others know in the end. */
    private Map<String, Offering> lastTold() {
        var known = new HashMap<String, Offering>();
        book.news("azure").forEach(news -> {
            if (news.after() == null) {
                known.remove(news.offering().id());
            } else {
                known.put(news.offering().id(), news.after());
            }
        });
        return known;
    }

    private Duration leastPause() {
        var last = new HashMap<String, Instant>();
        var least = Duration.ofDays(365);
        for (var telling : book.tellings("azure")) {
            var before = last.put(telling.news().offering().id(), telling.at());
            if (before != null && Duration.between(before, telling.at()).compareTo(least) < 0) {
                least = Duration.between(before, telling.at());
            }
        }
        return least;
    }

    /** What others were told, and when. */
    private record Tale(Instant at, String id, @Nullable Offering state) implements Comparable<Tale> {

        @Override
        public int compareTo(Tale other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }

    /** The law in one sentence: every minute, whoever was not told for a window is told what is so, if it is not what they know. */
    private static final class Model {

        private final Duration window;
        private final List<Tale> told = new ArrayList<>();
        private final Map<String, Tale> last = new HashMap<>();
        private Map<String, Offering> newest = Map.of();

        Model(Duration window) {
            this.window = window;
        }

        void sweep(Map<String, Offering> seen) {
            newest = seen;
        }

        void tick(Instant now) {
            var ids = new TreeSet<>(newest.keySet());
            ids.addAll(last.keySet());
            ids.forEach(id -> tell(id, newest.get(id), now));
        }

        private void tell(String id, @Nullable Offering state, Instant now) {
            var before = last.get(id);
            if (before == null
                    || (!Objects.equals(before.state(), state)
                            && !before.at().plus(window).isAfter(now))) {
                var tale = new Tale(now, id, state);
                last.put(id, tale);
                told.add(tale);
            }
        }
    }

    /** Rows of a catalogue as it was crawled, and what each later crawl changed. Two offerings a row: on demand and spot. */
    private static final class AzureFeed {

        private final Map<String, Offering> offerings = new HashMap<>();

        AzureFeed(List<String[]> catalogue) {
            catalogue.forEach(row -> put(row[0], row[8], row[6], row[7]));
        }

        static TreeMap<Instant, List<String[]>> batches(List<String[]> changes) {
            var batches = new TreeMap<Instant, List<String[]>>();
            changes.forEach(
                    row -> batches.computeIfAbsent(OffsetDateTime.parse(row[0]).toInstant(), at -> new ArrayList<>())
                            .add(row));
            return batches;
        }

        void apply(List<String[]> rows) {
            rows.forEach(row -> put(row[2], row[3], row[9], row[10]));
        }

        private void put(String type, String region, String onDemand, String spot) {
            put(offering("azure", type).region(region).onDemand(), onDemand);
            put(offering("azure", type).region(region), spot);
        }

        private void put(OfferingBuilder row, String price) {
            if (price.isEmpty() || new BigDecimal(price).signum() <= 0) {
                offerings.remove(row.at("1").id());
            } else {
                var offering = row.at(
                        new BigDecimal(price).setScale(6, RoundingMode.HALF_UP).toPlainString());
                offerings.put(offering.id(), offering);
            }
        }
    }
}
