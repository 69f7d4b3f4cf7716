package io.spotplane.pricing.auction;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.auction.AuctionArchive.Kept;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Storefront;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the board up to the archive, in every replica. Where a provider publishes no auctions of an offering that takes bids, what our own shelves showed stands in.
 */
@Component
class FollowAuctions implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FollowAuctions.class);

    private final AuctionArchive archive;
    private final AuctionBoard board;
    private final Storefront storefront;
    private final AuctionSettings settings;
    private final Clock clock;
    private volatile @Nullable Disposable running;
    private volatile Seen seen = new Seen(-1, Instant.EPOCH);
    private volatile Map<String, Instant> lastReadAt = Map.of();

    FollowAuctions(
            AuctionArchive archive, AuctionBoard board, Storefront storefront, AuctionSettings settings, Clock clock) {
        this.archive = archive;
        this.board = board;
        this.storefront = storefront;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the market of {@code provider} is on the shelves. */
    boolean knowsMarket(String provider) {
        return storefront.shelf(provider).stream()
                .anyMatch(shelf -> !shelf.offerings().isEmpty());
    }

    /** When any auction history of {@code provider} was last read, by whichever replica; empty when none ever was, or that is not known here yet. */
    Optional<Instant> lastReadAt(String provider) {
        return Optional.ofNullable(lastReadAt.get(provider));
    }

    /** Reads again if a round ended since, or so much time has passed that our own history is worth another look. */
    Mono<Void> step() {
        return archive.version().filter(this::worthReading).flatMap(version -> reload(version));
    }

    private boolean worthReading(long version) {
        var present = seen;
        return version != present.version()
                || present.at().plus(settings.every()).isBefore(clock.instant());
    }

    /** Reads everything again. */
    Mono<Void> reload() {
        return archive.version().flatMap(this::reload);
    }

    private Mono<Void> reload(long version) {
        var now = clock.instant();
        var from = now.minus(settings.keep());
        return archive.read(from, settings.longestGap())
                .publishOn(Schedulers.boundedElastic())
                .flatMap(kept -> archive.ownHistory(withoutAuctions(kept), from)
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(own -> post(kept, own)))
                .doOnNext(own -> seen = new Seen(version, now))
                .then();
    }

    private List<String> withoutAuctions(Kept kept) {
        return Biddable.offerings(storefront)
                .map(Offering::id)
                .filter(id -> !kept.points().containsKey(id))
                .toList();
    }

    private void post(Kept kept, Map<String, List<PricePath.Point>> own) {
        var ids = new HashSet<>(kept.points().keySet());
        ids.addAll(kept.looks().keySet());
        ids.addAll(own.keySet());
        ids.addAll(kept.readings().keySet());
        var records = new HashMap<String, AuctionRecord>();
        ids.forEach(id -> records.put(id, record(id, kept, own.get(id))));
        var looks = new HashMap<String, Map<String, List<Look>>>();
        kept.looks()
                .forEach((id, all) -> looks.computeIfAbsent(providerIn(id), provider -> new HashMap<>())
                        .put(id, List.copyOf(all)));
        board.post(records, looks);
        lastReadAt = newest(kept.readings());
    }

    private static Map<String, Instant> newest(Map<String, AuctionArchive.Read> readings) {
        var newest = new HashMap<String, Instant>();
        readings.forEach((id, read) -> {
            if (read.at() != null) {
                newest.merge(providerIn(id), read.at(), (one, other) -> one.isAfter(other) ? one : other);
            }
        });
        return Map.copyOf(newest);
    }

    private AuctionRecord record(String id, Kept kept, @Nullable List<PricePath.Point> own) {
        var looks = kept.looks().get(id);
        var look = looks == null ? null : looks.getLast();
        var read = kept.readings().getOrDefault(id, new AuctionArchive.Read(null, 0, null));
        var auctions = kept.points().get(id);
        if (auctions != null) {
            var path = PricePath.through(auctions, endOf(auctions, read.at()));
            return new AuctionRecord(
                    id, AuctionRecord.Source.AUCTION_HISTORY, path, look, read.at(), read.rejected(), read.error());
        }
        var asOf = storefront.report(providerIn(id)).map(MarketReport::asOf).orElse(null);
        var path = own == null || asOf == null ? PricePath.UNKNOWN : PricePath.through(own, asOf);
        var source = path.isEmpty() ? null : AuctionRecord.Source.OWN_HISTORY;
        return new AuctionRecord(id, source, path, look, asOf, read.rejected(), read.error());
    }

    /** The newest price holds until the history was read, but not for ever. */
    private Instant endOf(List<PricePath.Point> points, @Nullable Instant readAt) {
        var newest = Instant.ofEpochSecond(points.getLast().second());
        var longest = newest.plus(settings.longestGap());
        return readAt == null || readAt.isAfter(longest) ? longest : readAt;
    }

    private static String providerIn(String offeringId) {
        return offeringId.substring(0, offeringId.indexOf(':'));
    }

    @Override
    public void start() {
        running = Flux.interval(settings.reload(), settings.reload())
                .onBackpressureLatest()
                .concatMap(tick -> step().onErrorResume(this::tellAndGoOn))
                .subscribe();
    }

    private Mono<Void> tellAndGoOn(Throwable fault) {
        LOG.warn("cannot read the auctions' archive now", fault);
        return Mono.empty();
    }

    @Override
    public void stop() {
        var present = running;
        if (present != null) {
            present.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    private record Seen(long version, Instant at) {}
}
