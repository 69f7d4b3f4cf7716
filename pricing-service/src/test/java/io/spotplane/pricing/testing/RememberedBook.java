package io.spotplane.pricing.testing;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.Debounce;
import io.spotplane.pricing.book.Debounce.Decision;
import io.spotplane.pricing.book.Forcing;
import io.spotplane.pricing.book.HeldChanges;
import io.spotplane.pricing.book.Lease;
import io.spotplane.pricing.book.LeaseAttempt;
import io.spotplane.pricing.book.LeaseLost;
import io.spotplane.pricing.book.MarketLeases;
import io.spotplane.pricing.book.PriceBook;
import io.spotplane.pricing.book.Recorded;
import io.spotplane.pricing.book.Told;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.MarketReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Book and leases in memory, with the same laws: fenced by the lease's token, a version for each round. */
public final class RememberedBook implements PriceBook, MarketLeases, HeldChanges {

    public final List<List<Change>> rounds = new ArrayList<>();
    public final List<Duration> pauses = new ArrayList<>();
    public final List<String> reads = new ArrayList<>();
    private final Map<String, Market> markets = new HashMap<>();
    private @Nullable RuntimeException fault;

    /** What comes of asking for a round of a market that nobody is at. */
    public Forcing forcing = new Forcing.Due();

    /** From now on every call fails with {@code cause}. */
    public void breaks(RuntimeException cause) {
        fault = cause;
    }

    public void works() {
        fault = null;
    }

    /** Another replica takes the market while {@code lease} is still believed in. */
    public void takeAway(Lease lease) {
        market(lease.provider()).token++;
    }

    public @Nullable MarketReport report(String provider) {
        return market(provider).report;
    }

    public Map<String, Offering> forSale(String provider) {
        return market(provider).offerings;
    }

    @Override
    public Mono<LeaseAttempt> take(String provider, String owner, Duration every, Duration term) {
        return working(() -> {
            var market = market(provider);
            if (market.held) {
                return new LeaseAttempt.NotYet(every);
            }
            market.held = true;
            market.token++;
            return new LeaseAttempt.Taken(new Lease(provider, market.token, market.version, market.report, term));
        });
    }

    /** A lease that was just taken. */
    public Lease lease(String provider) {
        return switch (take(provider, "me", Duration.ofSeconds(30), Duration.ofSeconds(90))
                .block()) {
            case LeaseAttempt.Taken(var lease) -> lease;
            case LeaseAttempt.NotYet notYet -> throw new AssertionError(provider + " is held");
            case null -> throw new AssertionError("no answer");
        };
    }

    @Override
    public Mono<Void> giveBack(Lease lease, MarketReport report, Duration pause) {
        return working(() -> {
                    var market = fenced(lease);
                    market.held = false;
                    market.report = report;
                    pauses.add(pause);
                    return pause;
                })
                .then();
    }

    @Override
    public Mono<Void> giveBackAll(String owner) {
        return Mono.fromRunnable(() -> markets.values().forEach(market -> market.held = false));
    }

    @Override
    public Mono<Forcing> force(String provider, Duration leastPause) {
        return working(() -> market(provider).held ? new Forcing.Running(Instant.EPOCH) : forcing);
    }

    @Override
    public Mono<Recorded> record(Lease lease, List<Change> changes, Debounce debounce, Instant at) {
        return working(() -> {
            var market = fenced(lease);
            rounds.add(List.copyOf(changes));
            var decisions = changes.stream()
                    .map(change -> market.decide(change, debounce, at))
                    .toList();
            changes.forEach(market::apply);
            market.version++;
            return new Recorded(
                    market.version,
                    count(decisions, Decision.Tell.class),
                    count(decisions, Decision.Hold.class),
                    count(decisions, Decision.Settled.class));
        });
    }

    private static int count(List<Decision> decisions, Class<? extends Decision> kind) {
        return (int) decisions.stream().filter(kind::isInstance).count();
    }

    @Override
    public Flux<String> due(Instant now) {
        return Flux.fromStream(() -> markets.entrySet().stream()
                .filter(market -> !market.getValue().dueBy(now).isEmpty())
                .map(Map.Entry::getKey));
    }

    @Override
    public Mono<Integer> tell(String provider, Instant now) {
        return working(() -> {
            var market = market(provider);
            var due = market.dueBy(now);
            due.forEach(id -> market.tellHeld(id, now));
            return due.size();
        });
    }

    /** What others were told of {@code provider}'s market, in order. */
    public List<Change> news(String provider) {
        return market(provider).tellings.stream().map(Telling::news).toList();
    }

    /** The same, with the time of each. */
    public List<Telling> tellings(String provider) {
        return List.copyOf(market(provider).tellings);
    }

    /** What others were told, and when. */
    public record Telling(Instant at, Change news) {}

    @Override
    public Mono<Page> read(String provider) {
        return working(() -> {
            reads.add(provider);
            var market = market(provider);
            return new Page(provider, market.version, market.report, Map.copyOf(market.offerings));
        });
    }

    @Override
    public Mono<Map<String, Long>> versions() {
        return working(() -> {
            var versions = new HashMap<String, Long>();
            markets.forEach((provider, market) -> versions.put(provider, market.version));
            return versions;
        });
    }

    private <T> Mono<T> working(java.util.function.Supplier<T> work) {
        return Mono.defer(() -> fault == null ? Mono.fromSupplier(work) : Mono.error(fault));
    }

    private Market fenced(Lease lease) {
        var market = market(lease.provider());
        if (market.token != lease.token()) {
            throw new LeaseLost(lease);
        }
        return market;
    }

    private Market market(String provider) {
        return markets.computeIfAbsent(provider, name -> new Market());
    }

    private static final class Market {
        final Map<String, Offering> offerings = new HashMap<>();
        boolean held;
        long token;
        long version = 1_000;

        @Nullable
        MarketReport report;

        final Map<String, Told> told = new HashMap<>();
        final Map<String, Instant> heldUntil = new TreeMap<>();
        final List<Telling> tellings = new ArrayList<>();

        void apply(Change change) {
            switch (change) {
                case Change.Withdrawn gone -> offerings.remove(gone.offering().id());
                case Change.Listed(var offering) -> offerings.put(offering.id(), offering);
                case Change.Altered(var offering, var before) -> offerings.put(offering.id(), offering);
            }
        }

        Decision decide(Change change, Debounce debounce, Instant at) {
            var id = change.offering().id();
            var decision = debounce.decide(change, told.get(id), at);
            heldUntil.remove(id);
            switch (decision) {
                case Decision.Tell(var telling) -> tell(id, telling, at);
                case Decision.Hold(var known, var until) -> heldUntil.put(id, until);
                case Decision.Settled settled -> {}
            }
            return decision;
        }

        private void tell(String id, Change change, Instant at) {
            tellings.add(new Telling(at, change));
            told.put(id, new Told(change.after(), at));
        }

        List<String> dueBy(Instant now) {
            return heldUntil.entrySet().stream()
                    .filter(held -> !held.getValue().isAfter(now))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        void tellHeld(String id, Instant now) {
            heldUntil.remove(id);
            Change.between(told.get(id).offering(), offerings.get(id), now).ifPresent(change -> tell(id, change, now));
        }
    }
}
