package io.spotplane.pricing.shelf;

import io.spotplane.pricing.book.PriceBook;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.Storefront;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Keeps this replica's storefront the same as the shared shelves: looks when it hears that one was replaced, and every poll in case it
 * did not hear. Where Redis has less than this replica (it was flushed, or away when a market was collected) it is given the shelf back; where
 * both start from nothing, the book is read.
 */
@Component
class FollowShelves implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FollowShelves.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BOOK_PATIENCE = Duration.ofSeconds(30);

    private final SharedShelves shelves;
    private final PriceBook book;
    private final Storefront storefront;
    private final ShelfSettings settings;
    private volatile boolean bookRead;
    private volatile @Nullable Disposable following;

    FollowShelves(SharedShelves shelves, PriceBook book, Storefront storefront, ShelfSettings settings) {
        this.shelves = shelves;
        this.book = book;
        this.storefront = storefront;
        this.settings = settings;
    }

    /** One look at everything. Never fails: what went wrong shows in the storefront. */
    Mono<Void> follow() {
        return lookAtAll()
                .then(Mono.fromRunnable(this::attached))
                .onErrorResume(fault -> Mono.fromRunnable(() -> detached(fault)))
                .then(Mono.defer(this::readBookOnce));
    }

    private Mono<Void> lookAtAll() {
        return shelves.markets()
                .concatWith(Flux.defer(this::marketsHere))
                .distinct()
                .concatMap(this::look)
                .then()
                .timeout(PATIENCE);
    }

    private Flux<String> marketsHere() {
        return Flux.fromIterable(storefront.reports()).map(MarketReport::provider);
    }

    private Mono<Void> look(String provider) {
        var known = storefront.shelf(provider).orElseGet(() -> Shelf.empty(provider));
        return shelves.look(known).flatMap(display -> even(known, display));
    }

    private Mono<Void> even(Shelf known, SharedShelves.Display display) {
        if (display.report() != null) {
            storefront.install(display.newest(), display.report());
        }
        return missedThere(known.provider(), display)
                .map(report -> giveBack(known, display, report))
                .orElseGet(Mono::empty);
    }

    /** This replica's report, when Redis has an older shelf or an older report than this replica. */
    private Optional<MarketReport> missedThere(String provider, SharedShelves.Display display) {
        return storefront
                .report(provider)
                .filter(report -> report.attemptedAt() != null)
                .filter(report -> display.version() < display.newest().version()
                        || display.report() == null
                        || display.report().olderThan(report));
    }

    private Mono<Void> giveBack(Shelf known, SharedShelves.Display display, MarketReport report) {
        var placed = display.version() < known.version()
                ? shelves.placeWhole(known, report)
                : shelves.place(display.newest(), report, display.version(), SharedShelves.Difference.NONE);
        return placed.doOnNext(placement -> LOG.info("gave {} back to the shared shelves: {}", known, placement))
                .then();
    }

    private void attached() {
        if (storefront.detached().isPresent()) {
            LOG.info("following the shared shelves");
        }
        storefront.attach();
    }

    private void detached(Throwable fault) {
        if (storefront.detached().isEmpty()) {
            LOG.warn("cannot follow the shared shelves, serving what is in memory as stale", fault);
        }
        storefront.detach("the shared shelves cannot be reached");
    }

    private Mono<Void> readBookOnce() {
        return bookRead ? Mono.empty() : readBook();
    }

    /** After a start: markets whose shelf is missing in Redis, or older there than in the book. */
    private Mono<Void> readBook() {
        return book.versions()
                .flatMapIterable(Map::entrySet)
                .filter(market -> market.getValue() > versionHere(market.getKey()))
                .concatMap(market -> book.read(market.getKey()))
                .doOnNext(this::install)
                .then(Mono.<Void>fromRunnable(() -> bookRead = true))
                .timeout(BOOK_PATIENCE)
                .onErrorResume(fault -> Mono.fromRunnable(() -> LOG.warn("cannot read the price book yet", fault)));
    }

    private long versionHere(String provider) {
        return storefront.shelf(provider).map(Shelf::version).orElse(0L);
    }

    /** A market without a report never had a finished round: the next one will tell. */
    private void install(PriceBook.Page page) {
        if (page.report() != null) {
            storefront.install(Shelf.of(page.provider(), page.version(), page.offerings()), page.report());
        }
    }

    @Override
    public void start() {
        following = Flux.merge(Flux.interval(Duration.ZERO, settings.poll()).map(String::valueOf), heard())
                .onBackpressureLatest()
                .concatMap(word -> follow(), 1)
                .subscribe();
    }

    private Flux<String> heard() {
        return shelves.news()
                .doOnError(fault -> LOG.debug("not hearing of replaced shelves", fault))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, settings.poll()).maxBackoff(Duration.ofSeconds(10)));
    }

    @Override
    public void stop() {
        var running = following;
        if (running != null) {
            running.dispose();
            following = null;
        }
    }

    @Override
    public boolean isRunning() {
        return following != null;
    }
}
