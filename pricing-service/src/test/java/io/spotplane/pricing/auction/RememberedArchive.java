package io.spotplane.pricing.auction;

import io.spotplane.providers.spi.HammerPrice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** An archive in memory, append only as the real one. */
final class RememberedArchive implements AuctionArchive {

    final Map<String, TreeMap<Instant, HammerPrice>> prices = new HashMap<>();
    final Map<String, List<Look>> looks = new HashMap<>();
    final Map<String, Read> readings = new HashMap<>();
    final Map<String, List<PricePath.Point>> own = new HashMap<>();
    final List<String> finished = new ArrayList<>();
    boolean due = true;

    @Override
    public Mono<Boolean> claim(String provider, Duration every) {
        return Mono.just(due);
    }

    @Override
    public Mono<Map<String, Instant>> newest(String provider) {
        var newest = new HashMap<String, Instant>();
        prices.forEach((id, all) -> newest.put(id, all.lastKey()));
        return Mono.just(newest);
    }

    @Override
    public Mono<Long> append(Reading reading, List<HammerPrice> added) {
        added.forEach(price -> prices.computeIfAbsent(reading.offeringId(), id -> new TreeMap<>())
                .putIfAbsent(price.at(), price));
        readings.put(reading.offeringId(), new Read(reading.at(), reading.rejected(), null));
        return Mono.just((long) added.size());
    }

    @Override
    public Mono<Void> unread(String provider, String offeringId, String error) {
        var before = readings.getOrDefault(offeringId, new Read(null, 0, null));
        readings.put(offeringId, new Read(before.at(), before.rejected(), error));
        return Mono.empty();
    }

    @Override
    public Mono<Void> append(List<Look> added) {
        added.forEach(look -> looks.computeIfAbsent(look.offeringId(), id -> new ArrayList<>())
                .add(look));
        return Mono.empty();
    }

    @Override
    public Mono<Void> finished(String provider, Instant at, boolean looked, @Nullable String error) {
        finished.add(provider + " " + (looked ? "looked" : error));
        return Mono.empty();
    }

    @Override
    public Mono<Long> version() {
        return Mono.just((long) finished.size());
    }

    @Override
    public Mono<Kept> read(Instant from, Duration longestGap) {
        var points = new HashMap<String, List<PricePath.Point>>();
        prices.forEach((id, all) -> points.put(
                id,
                all.values().stream()
                        .map(price -> new PricePath.Point(price.at().getEpochSecond(), Micros.of(price.amount())))
                        .toList()));
        return Mono.just(new Kept(points, looks, readings));
    }

    @Override
    public Mono<Map<String, List<PricePath.Point>>> ownHistory(List<String> offeringIds, Instant from) {
        var found = new HashMap<>(own);
        found.keySet().retainAll(offeringIds);
        return Mono.just(found);
    }

    @Override
    public Mono<Long> dropBefore(Instant moment) {
        return Mono.just(0L);
    }
}
