package io.spotplane.pricing.market;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spotplane.pricing.book.Debounce;
import io.spotplane.pricing.book.Lease;
import io.spotplane.pricing.book.LeaseLost;
import io.spotplane.pricing.book.MarketLeases;
import io.spotplane.pricing.book.PriceBook;
import io.spotplane.pricing.book.Recorded;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.Doubts;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.ShelfWatch;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.shelf.SharedShelves;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.ProviderFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One round of one market, under its lease: collect, judge, compare, write down and announce, put out. Ends with the lease given back
 * and a report of how it went, whatever happened; safe to run any number of times.
 */
@Component
class SweepMarket {

    private static final Logger LOG = LoggerFactory.getLogger(SweepMarket.class);
    private static final String NOT_PLACED = "FAILED";

    private final PriceBook book;
    private final MarketLeases leases;
    private final SharedShelves shelves;
    private final Storefront storefront;
    private final ShelfWatch watch;
    private final PricingSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;

    SweepMarket(
            PriceBook book,
            MarketLeases leases,
            SharedShelves shelves,
            Storefront storefront,
            ShelfWatch watch,
            PricingSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.book = book;
        this.leases = leases;
        this.shelves = shelves;
        this.storefront = storefront;
        this.watch = watch;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        for (var placement : SharedShelves.Placement.values()) {
            placements(placement.name());
        }
        placements(NOT_PLACED);
    }

    /** Runs the round. Never fails: the outcome says how it went. */
    Mono<SweepOutcome> under(Lease lease, MarketData market) {
        var round = new Round(lease, reportBefore(lease), clock.instant());
        return lastShelf(lease)
                .delayUntil(watch::begun)
                .flatMap(shelf -> collect(market).flatMap(sweep -> judge(round, shelf, sweep)))
                .timeout(lease.term())
                .onErrorResume(fault -> failed(round, fault))
                .doOnNext(outcome -> measure(round, outcome));
    }

    private MarketReport reportBefore(Lease lease) {
        var staleAfter = settings.of(lease.provider()).staleAfter();
        var report = lease.report();
        return report == null
                ? MarketReport.neverCollected(lease.provider(), staleAfter)
                : report.staleAfter(staleAfter);
    }

    /** What the book says, from memory when this replica has that very version. */
    private Mono<Shelf> lastShelf(Lease lease) {
        return Mono.justOrEmpty(storefront.shelf(lease.provider()).filter(shelf -> shelf.version() == lease.version()))
                .switchIfEmpty(Mono.defer(() -> book.read(lease.provider())
                        .publishOn(Schedulers.boundedElastic())
                        .map(page -> Shelf.of(page.provider(), page.version(), page.offerings()))));
    }

    private Mono<MarketSweep> collect(MarketData market) {
        return market.sweep().timeout(settings.of(market.provider()).timeout()).publishOn(Schedulers.boundedElastic());
    }

    private Mono<SweepOutcome> judge(Round round, Shelf before, MarketSweep sweep) {
        var now = clock.instant();
        var inspected = Quarantine.inspect(sweep, new RowRule.Frame(round.provider(), now, settings));
        countRejected(round, inspected);
        return tooShort(round, before, inspected)
                ? keep(round, inspected, before)
                : believe(round, before, inspected, earlier(sweep.asOf(), now));
    }

    /** Half of a market does not vanish between two rounds; a paging fault makes it seem so. Repeated often enough it is the truth. */
    private boolean tooShort(Round round, Shelf before, Quarantine.Inspected inspected) {
        return inspected.believed().size() * 2 < before.offerings().size()
                && round.before().shortRounds() + 1 < settings.believeShortAfter();
    }

    private Mono<SweepOutcome> keep(Round round, Quarantine.Inspected inspected, Shelf before) {
        var why = "the sweep shows %d offerings after %d: not believed"
                .formatted(inspected.believed().size(), before.offerings().size());
        LOG.warn("{}: {}", round.provider(), why);
        var now = clock.instant();
        return finish(round, round.before().tooShort(why, now, round.tookUntil(now)), SweepOutcome.SHORT);
    }

    private Mono<SweepOutcome> believe(Round round, Shelf before, Quarantine.Inspected inspected, Instant asOf) {
        var now = clock.instant();
        var doubtFor = settings.of(round.provider()).doubtFor();
        var kept = KeptInDoubt.of(inspected, before.offerings(), round.before(), doubtFor, now);
        var doubts = new Doubts(kept.confirmedAt(), inspected.samples(), inspected.unknownGpus());
        var comparison = SweepComparison.between(before.offerings(), kept.forSale(), asOf);
        return Mono.zip(
                        record(round, before, comparison, now),
                        inOrder(before, comparison),
                        shelves.difference(comparison.offerings(), idsOf(comparison)))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(made -> countDebounced(round, made.getT1()))
                .flatMap(made -> putOut(
                        round,
                        before,
                        made.getT2().at(made.getT1().version()),
                        made.getT3(),
                        inspected.rejected(),
                        doubts,
                        asOf))
                .doOnNext(outcome -> count(PricingMeasure.PRICE_UPDATES, round)
                        .increment(comparison.changes().size()));
    }

    private Mono<Recorded> record(Round round, Shelf before, SweepComparison comparison, Instant at) {
        return comparison.changes().isEmpty()
                ? Mono.just(new Recorded(before.version(), 0, 0, 0))
                : book.record(
                        round.lease(),
                        comparison.changes(),
                        new Debounce(settings.of(round.provider()).debounce()),
                        at);
    }

    private void countDebounced(Round round, Recorded recorded) {
        count(PricingMeasure.PRICE_DEBOUNCED, round, "outcome", "held").increment(recorded.held());
        count(PricingMeasure.PRICE_DEBOUNCED, round, "outcome", "settled").increment(recorded.settled());
    }

    /** The next shelf, put in order while the database writes. */
    private static Mono<Shelf> inOrder(Shelf before, SweepComparison comparison) {
        return comparison.changes().isEmpty()
                ? Mono.just(before)
                : Mono.fromSupplier(() -> before.next(before.version(), comparison.offerings()))
                        .subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<SweepOutcome> putOut(
            Round round,
            Shelf before,
            Shelf after,
            SharedShelves.Difference difference,
            Map<String, Integer> rejected,
            Doubts doubts,
            Instant asOf) {
        var now = clock.instant();
        var report = round.before()
                .believed(asOf, now, round.tookUntil(now), after.offerings().size(), rejected, doubts);
        storefront.install(after, report);
        return place(after, report, before.version(), difference)
                .then(Mono.defer(() -> tellWatch(before, after, difference.changed())))
                .then(finish(round, report, SweepOutcome.BELIEVED));
    }

    private Mono<Void> tellWatch(Shelf before, Shelf after, Set<String> changed) {
        return after.version() == before.version() ? Mono.empty() : watch.changed(before.version(), after, changed);
    }

    private static Set<String> idsOf(SweepComparison comparison) {
        return comparison.changes().stream()
                .map(Change::offering)
                .map(offering -> offering.id())
                .collect(Collectors.toSet());
    }

    private Mono<SweepOutcome> failed(Round round, Throwable fault) {
        if (fault instanceof LeaseLost) {
            LOG.warn("{}: another replica took over in mid-round", round.provider());
            return Mono.just(SweepOutcome.LEASE_LOST);
        }
        var why = explain(fault, round.provider());
        tell(round, why, fault);
        var now = clock.instant();
        var report = round.before().failed(why, now, round.tookUntil(now));
        return finish(round.pausing(fault), report, outcomeOf(fault));
    }

    /** A provider's fault explains itself, every round again; only ours needs its trace. */
    private static void tell(Round round, String why, Throwable fault) {
        if (fault instanceof ProviderFault || fault instanceof TimeoutException) {
            LOG.warn("{}: not collected, the last good prices stay: {}", round.provider(), why);
        } else {
            LOG.warn("{}: not collected, the last good prices stay", round.provider(), fault);
        }
    }

    private static SweepOutcome outcomeOf(Throwable fault) {
        return fault instanceof TimeoutException ? SweepOutcome.TIMEOUT : SweepOutcome.FAILED;
    }

    /** Only words that adapters made safe are shown; other faults are in the log. */
    private String explain(Throwable fault, String provider) {
        return switch (fault) {
            case ProviderFault told ->
                Objects.requireNonNullElse(told.getMessage(), told.refusal().name());
            case TimeoutException late ->
                "no answer within " + settings.of(provider).timeout();
            default -> fault.getClass().getSimpleName();
        };
    }

    private Mono<SweepOutcome> finish(Round round, MarketReport report, SweepOutcome outcome) {
        storefront.report(report);
        return tellOthers(round, report)
                .then(leases.giveBack(round.lease(), report, round.pause()))
                .thenReturn(outcome)
                .onErrorResume(LeaseLost.class, lost -> Mono.just(SweepOutcome.LEASE_LOST))
                .onErrorResume(fault -> notGivenBack(round, fault));
    }

    private Mono<SweepOutcome> notGivenBack(Round round, Throwable fault) {
        LOG.warn("{}: lease not given back, it will run out", round.provider(), fault);
        return Mono.just(SweepOutcome.FAILED);
    }

    /** The report alone, after rounds that changed nothing on the shelf; {@link #place} took it along otherwise. */
    private Mono<Void> tellOthers(Round round, MarketReport report) {
        return report.error() == null
                ? Mono.empty()
                : Mono.justOrEmpty(storefront.shelf(round.provider()))
                        .flatMap(shelf -> place(shelf, report, shelf.version(), SharedShelves.Difference.NONE));
    }

    /** Redis away is no reason to fail a round: the book has it, and the shelves are given back when Redis is. */
    private Mono<Void> place(Shelf shelf, MarketReport report, long base, SharedShelves.Difference difference) {
        return shelves.place(shelf, report, base, difference)
                .doOnNext(placement -> placements(placement.name()).increment())
                .onErrorResume(fault -> {
                    LOG.warn("{}: not copied to the shared shelves", shelf, fault);
                    placements(NOT_PLACED).increment();
                    return Mono.empty();
                })
                .then();
    }

    /** There from the start: an alert on its increase would miss the first that failed otherwise. */
    private Counter placements(String outcome) {
        return meters.counter(PricingMeasure.SHELF_PUBLISH.meterName(), "outcome", outcome);
    }

    private void countRejected(Round round, Quarantine.Inspected inspected) {
        inspected
                .rejected()
                .forEach((reason, rows) -> count(PricingMeasure.PRICE_REJECTED, round, "reason", reason)
                        .increment(rows));
    }

    private Counter count(PricingMeasure measure, Round round, String... tags) {
        return Counter.builder(measure.meterName())
                .tag("provider", round.provider())
                .tags(tags)
                .register(meters);
    }

    private void measure(Round round, SweepOutcome outcome) {
        Timer.builder(PricingMeasure.MARKET_SWEEP.meterName())
                .tag("provider", round.provider())
                .tag("outcome", outcome.tag())
                .register(meters)
                .record(round.tookUntil(clock.instant()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * A round that runs.
     *
     * @param lease under which
     * @param before how the market was doing
     * @param started when
     * @param pause what the provider asked to wait
     */
    private record Round(Lease lease, MarketReport before, Instant started, Duration pause) {

        Round(Lease lease, MarketReport before, Instant started) {
            this(lease, before, started, Duration.ZERO);
        }

        String provider() {
            return lease.provider();
        }

        Duration tookUntil(Instant now) {
            return Duration.between(started, now);
        }

        Round pausing(Throwable fault) {
            var asked = fault instanceof ProviderFault told ? told.retryAfter() : null;
            return new Round(lease, before, started, orNone(asked));
        }

        private static Duration orNone(@Nullable Duration asked) {
            return asked == null ? Duration.ZERO : asked;
        }
    }
}
