package io.spotplane.pricing.offering;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.measure.PricingMeasure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What this replica serves: the newest shelf of every market that it knows of, decoded and indexed in memory. It mirrors the shelves
 * in Redis and holds no truth: thrown away, it is the same again a moment later.
 *
 * <p>Searches never wait and never do I/O. Shelves only ever become newer.
 */
@Component
public class Storefront {

    private final Map<String, Stall> stalls = new ConcurrentSkipListMap<>();
    private final Clock clock;
    private final MeterRegistry meters;
    private final Timer searches;
    private final Timer rankings;
    private volatile @Nullable String detached = "the shared shelves were not looked at yet";

    /** An empty one, which counts as detached until it is told otherwise. */
    public Storefront(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
        this.searches = Timer.builder(PricingMeasure.OFFERING_QUERY.meterName()).register(meters);
        this.rankings =
                Timer.builder(PricingMeasure.OFFERING_RANKING.meterName()).register(meters);
        Gauge.builder(PricingMeasure.OFFERINGS.meterName(), this, Storefront::size)
                .register(meters);
    }

    /** Puts {@code shelf} out unless a newer one of its market is there, and {@code report} likewise. */
    public void install(Shelf shelf, MarketReport report) {
        change(shelf.provider(), report, stall -> stall.with(shelf).with(report));
    }

    /** Puts out how a market is doing, unless something newer is known. */
    public void report(MarketReport report) {
        change(report.provider(), report, stall -> stall.with(report));
    }

    private void change(String provider, MarketReport first, UnaryOperator<Stall> change) {
        stalls.compute(
                provider,
                (name, stall) -> change.apply(stall == null ? new Stall(Shelf.empty(name), measured(first)) : stall));
    }

    /** The age and the size of a market are watched from the moment that the market is known. */
    private MarketReport measured(MarketReport first) {
        Gauge.builder(PricingMeasure.PRICE_AGE.meterName(), () -> ageSeconds(first.provider()))
                .tag("provider", first.provider())
                .baseUnit("seconds")
                .register(meters);
        rows(first.provider(), "for_sale", MarketReport::offerings);
        rows(first.provider(), "rejected", MarketReport::rejectedRows);
        return first;
    }

    private void rows(String provider, String outcome, ToIntFunction<MarketReport> count) {
        Gauge.builder(
                        PricingMeasure.MARKET_ROWS.meterName(),
                        () -> report(provider).map(count::applyAsInt).orElse(0))
                .tag("provider", provider)
                .tag("outcome", outcome)
                .register(meters);
    }

    private double ageSeconds(String provider) {
        return report(provider)
                .map(report -> report.ageAt(clock.instant()))
                .map(age -> age.toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    /** The shelf of {@code provider}; empty when the market is not known here. */
    public Optional<Shelf> shelf(String provider) {
        return Optional.ofNullable(stalls.get(provider)).map(Stall::shelf);
    }

    /** How {@code provider} is doing; empty when the market is not known here. */
    public Optional<MarketReport> report(String provider) {
        return Optional.ofNullable(stalls.get(provider)).map(Stall::report);
    }

    /** All markets that are known here, by name. */
    public List<MarketReport> reports() {
        return stalls.values().stream().map(Stall::report).toList();
    }

    /** From now on this replica cannot follow the shared shelves: what it serves counts as stale. */
    public void detach(String why) {
        detached = why;
    }

    /** This replica follows the shared shelves again. */
    public void attach() {
        detached = null;
    }

    /** Why this replica cannot follow the shared shelves; empty while it does. */
    public Optional<String> detached() {
        return Optional.ofNullable(detached);
    }

    /** Whether any market was ever collected, here or by an earlier replica. */
    public boolean hasPrices() {
        return stalls.values().stream().anyMatch(stall -> stall.report().everCollected());
    }

    /** How many offerings are for sale. */
    public int size() {
        return stalls.values().stream()
                .mapToInt(stall -> stall.shelf().offerings().size())
                .sum();
    }

    /** The offering with this id, with how its market is doing; empty when nobody sells it now. */
    public Optional<Found> offering(String id) {
        return Optional.ofNullable(stalls.get(providerIn(id))).flatMap(stall -> stall.find(id));
    }

    private static String providerIn(String offeringId) {
        int end = offeringId.indexOf(':');
        return end < 0 ? offeringId : offeringId.substring(0, end);
    }

    /** The first {@code limit} of the offerings that {@code query} wants, in its order. */
    public List<Found> search(OfferingQuery query, int limit) {
        return search(query, Position.START, limit).items();
    }

    /** At most {@code limit} of the offerings that {@code query} wants, in its order, from after {@code position} on. */
    Findings search(OfferingQuery query, Position position, int limit) {
        var started = Timer.start();
        try {
            return search(asked(query), query, position, limit);
        } finally {
            started.stop(searches);
        }
    }

    /** At most {@code limit} of the offerings that {@code query} wants, best score first, from after {@code position} on. */
    Ranking rank(OfferingQuery query, CostScore score, @Nullable ScoredPosition position, int limit) {
        var started = Timer.start();
        try {
            var asked = asked(query);
            var collecting = new Ranking.Collecting(score, position, limit);
            asked.forEach(stall -> stall.all(query).forEachRemaining(collecting::add));
            return collecting.done(asked.stream().map(Stall::state).toList());
        } finally {
            started.stop(rankings);
        }
    }

    private List<Stall> asked(OfferingQuery query) {
        return stalls.values().stream()
                .filter(stall -> query.wantsProvider(stall.report().provider()))
                .toList();
    }

    private static Findings search(Collection<Stall> asked, OfferingQuery query, Position position, int limit) {
        var walks = new PriorityQueue<Aisle>();
        asked.forEach(stall -> Aisle.enter(stall, query, position).ifPresent(walks::add));
        var found = new ArrayList<Found>(limit);
        Position last = null;
        while (found.size() < limit && !walks.isEmpty()) {
            var cheapest = walks.remove();
            last = cheapest.walk().position();
            found.add(cheapest.take());
            cheapest.unlessDone().ifPresent(walks::add);
        }
        return new Findings(
                found,
                walks.isEmpty() ? null : last,
                asked.stream().map(Stall::state).toList());
    }

    /**
     * An offering and how its market is doing.
     *
     * @param offering as recorded; its {@code receivedAt} is that of its last change
     * @param report its market's, whose {@code asOf} is when the offering was last confirmed
     */
    public record Found(Offering offering, MarketReport report) {}

    /**
     * What a search brought.
     *
     * @param items the page
     * @param more position of the last item when there are more; null at the end
     * @param asked the markets that were asked, with the version of what they showed
     */
    record Findings(List<Found> items, @Nullable Position more, List<MarketState> asked) {}

    /** A market at the version that a search saw. */
    record MarketState(MarketReport report, long version) {}

    private record Stall(Shelf shelf, MarketReport report) {

        Stall with(Shelf other) {
            return other.version() > shelf.version() ? new Stall(other, report) : this;
        }

        Stall with(MarketReport other) {
            return other.olderThan(report) ? this : new Stall(shelf, other);
        }

        Optional<Found> find(String id) {
            return Optional.ofNullable(shelf.offering(id)).map(offering -> new Found(offering, report));
        }

        /** Everything on the shelf that {@code query} wants. */
        Iterator<Found> all(OfferingQuery query) {
            var walk = shelf.order(query.sort()).walk(query, Position.START);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return walk.hasNext();
                }

                @Override
                public Found next() {
                    return new Found(walk.next(), report);
                }
            };
        }

        MarketState state() {
            return new MarketState(report, shelf.version());
        }
    }

    /** A walk along one shelf, comparable by what stands next on it. */
    private record Aisle(PriceOrder.Walk walk, MarketReport report) implements Comparable<Aisle> {

        private static final Comparator<Aisle> CHEAPEST_FIRST =
                Comparator.comparing(aisle -> aisle.walk().position());

        static Optional<Aisle> enter(Stall stall, OfferingQuery query, Position position) {
            var walk = stall.shelf().order(query.sort()).walk(query, position);
            return new Aisle(walk, stall.report()).unlessDone();
        }

        Found take() {
            return new Found(walk.next(), report);
        }

        Optional<Aisle> unlessDone() {
            return walk.hasNext() ? Optional.of(this) : Optional.empty();
        }

        @Override
        public int compareTo(Aisle other) {
            return CHEAPEST_FIRST.compare(this, other);
        }
    }
}
