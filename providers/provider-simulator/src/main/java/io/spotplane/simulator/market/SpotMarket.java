package io.spotplane.simulator.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Spot prices of EC2 by pool, with their changes of the last day: the real mean, moved a little by zone and time as the seed says. */
public final class SpotMarket {

    private static final List<String> ZONES = List.of("a", "b", "c");
    private static final int CHANGES = 5;

    private final Map<Pool, List<Change>> pools = new ConcurrentHashMap<>();
    private final Map<String, InstanceType> types;

    /** A pool is a type in a zone. */
    public record Pool(String region, String zone, String instanceType) {}

    /** A price and since when it holds. */
    public record Change(Pool pool, BigDecimal price, Instant since) {}

    public SpotMarket(Map<String, InstanceType> types, long seed, Instant now) {
        this.types = types;
        for (var type : types.values()) {
            for (var region : Facts.REGIONS) {
                type.meanSpot(region)
                        .ifPresent(mean -> ZONES.forEach(
                                zone -> open(new Pool(region, region + zone, type.name()), mean, seed, now)));
            }
        }
    }

    private void open(Pool pool, BigDecimal mean, long seed, Instant now) {
        var random = new Random(seed * 31 + pool.hashCode());
        var zoneFactor = 0.94 + 0.12 * random.nextDouble();
        var changes = new ArrayList<Change>();
        for (int i = 0; i < CHANGES; i++) {
            var factor = BigDecimal.valueOf(zoneFactor * (0.98 + 0.04 * random.nextDouble()));
            var age = Duration.ofMinutes(288L * i + random.nextInt(1, 240));
            changes.add(new Change(pool, mean.multiply(factor).setScale(6, RoundingMode.HALF_UP), now.minus(age)));
        }
        pools.put(pool, List.copyOf(changes));
    }

    /** The zones of a region. */
    public static List<String> zones(String region) {
        return ZONES.stream().map(zone -> region + zone).toList();
    }

    /** What the pool costs now; empty where it is not sold. */
    public Optional<BigDecimal> price(Pool pool) {
        return Optional.ofNullable(pools.get(pool))
                .map(changes -> changes.getFirst().price());
    }

    /** Sets the price of a type in a zone, or in every zone of a region. */
    public void set(String regionOrZone, String instanceType, BigDecimal price, Instant now) {
        var touched = pools.keySet().stream()
                .filter(pool -> pool.instanceType().equals(instanceType))
                .filter(pool ->
                        pool.region().equals(regionOrZone) || pool.zone().equals(regionOrZone))
                .toList();
        if (touched.isEmpty()) {
            throw new IllegalArgumentException("no pool of " + instanceType + " in " + regionOrZone);
        }
        touched.forEach(pool -> pools.compute(
                pool,
                (_, changes) -> Stream.concat(
                                Stream.of(new Change(pool, price, now)),
                                changes == null ? Stream.empty() : changes.stream())
                        .toList()));
    }

    /** All changes in a region, newest first, as the price history tells them. */
    public List<Change> history(String region, Collection<String> instanceTypes, Collection<String> zones) {
        return pools.entrySet().stream()
                .filter(pool -> pool.getKey().region().equals(region))
                .filter(pool -> instanceTypes.isEmpty()
                        || instanceTypes.contains(pool.getKey().instanceType()))
                .filter(pool -> zones.isEmpty() || zones.contains(pool.getKey().zone()))
                .flatMap(pool -> pool.getValue().stream())
                .sorted(Comparator.comparing(Change::since)
                        .reversed()
                        .thenComparing(change -> change.pool().zone())
                        .thenComparing(change -> change.pool().instanceType()))
                .toList();
    }

    /** The type of this name, if there is one. */
    public Optional<InstanceType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Every type that a region knows. */
    public List<InstanceType> types() {
        return List.copyOf(types.values());
    }
}
