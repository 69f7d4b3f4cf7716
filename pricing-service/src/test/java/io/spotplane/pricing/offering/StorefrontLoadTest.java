package io.spotplane.pricing.offering;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A look at the time that searches take over a hundred thousand offerings in four markets. Prints it; promises nothing. */
class StorefrontLoadTest {

    private static final int MARKETS = 4;
    private static final int OFFERINGS = 100_000;
    private static final int SEARCHES = 4_000;
    private static final int KINDS = 4;
    private static final List<String> MODELS = List.of(
            "L4", "L40S", "H100-SXM", "H100-PCIe", "A100-80GB", "A100-40GB", "T4", "A10G", "RTX-4090", "V100-16GB");

    private final Random random = new Random(42);
    private final Storefront storefront = new Storefront(Clock.systemUTC(), new SimpleMeterRegistry());

    @Test
    void findsPagesInAHundredThousandOfferings() {
        // Given
        var opened = System.nanoTime();
        IntStream.range(0, MARKETS).forEach(market -> open("market" + market));
        System.out.printf("%d markets opened in %d ms%n", MARKETS, (System.nanoTime() - opened) / 1_000_000);
        // When
        var found = IntStream.range(0, KINDS).mapToLong(this::searchesOf).sum();
        // Then
        assertThat(storefront.size()).isEqualTo(OFFERINGS);
        assertThat(found).isPositive();
    }

    private long searchesOf(int kind) {
        var times = new long[SEARCHES];
        var found = 0L;
        for (int search = -SEARCHES; search < SEARCHES; search++) {
            var query = query(kind);
            var started = System.nanoTime();
            found += storefront.search(query, Position.START, 50).items().size();
            times[Math.max(0, search)] = System.nanoTime() - started;
        }
        Arrays.sort(times);
        System.out.printf(
                "%,d searches of kind %d over %,d offerings: p50 %d us, p99 %d us, max %d us, %.1f items a page%n",
                SEARCHES,
                kind,
                storefront.size(),
                times[SEARCHES / 2] / 1000,
                times[SEARCHES * 99 / 100] / 1000,
                times[SEARCHES - 1] / 1000,
                found / (2.0 * SEARCHES));
        return found;
    }

    private void open(String provider) {
        var offerings = IntStream.range(0, OFFERINGS / MARKETS)
                .mapToObj(number -> random(provider, number))
                .collect(Collectors.toMap(Offering::id, offering -> offering));
        var now = Instant.now();
        var report = MarketReport.neverCollected(provider, Duration.ofMinutes(5))
                .believed(now, now, Duration.ZERO, offerings.size(), Map.of());
        storefront.install(Shelf.of(provider, 1, offerings), report);
    }

    private Offering random(String provider, int number) {
        var row = offering(provider, "type-" + number)
                .region("region-" + random.nextInt(40))
                .size(1 << random.nextInt(8), 1L << (10 + random.nextInt(10)));
        if (random.nextInt(3) > 0) {
            row.gpu(MODELS.get(random.nextInt(MODELS.size())), 1 << random.nextInt(4));
        }
        return (random.nextBoolean() ? row : row.onDemand())
                .at("%d.%04d".formatted(random.nextInt(20), 1 + random.nextInt(9_999)));
    }

    /** Easy ones and hard ones: no filter, one model, a family in some regions, and one that nothing satisfies. */
    private OfferingQuery query(int number) {
        return switch (number) {
            case 0 -> query(Set.of(), Set.of(), null, 4, null, Sort.PRICE);
            case 1 -> query(Set.of("L4"), Set.of(), 1, 0, "2.00", Sort.PRICE);
            case 2 ->
                query(
                        Set.of("H100", "A100"),
                        Set.of("region-1", "region-2", "region-3"),
                        8,
                        64,
                        null,
                        Sort.PRICE_PER_GPU);
            default -> query(Set.of(), Set.of("region-7"), null, 1_000, null, Sort.PRICE);
        };
    }

    private static OfferingQuery query(
            Set<String> gpus, Set<String> regions, Integer count, int vcpu, String limit, Sort sort) {
        return new OfferingQuery(
                gpus,
                count,
                0,
                vcpu,
                Integer.MAX_VALUE,
                0,
                Set.of(),
                Set.of(),
                regions,
                Set.of(),
                CapacityType.SPOT,
                limit == null ? null : new BigDecimal(limit),
                null,
                Availability.UNKNOWN,
                null,
                sort);
    }
}
