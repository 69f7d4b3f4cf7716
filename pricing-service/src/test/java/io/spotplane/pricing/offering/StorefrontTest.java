package io.spotplane.pricing.offering;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StorefrontTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Storefront storefront = new Storefront(Clock.fixed(NOW, ZoneOffset.UTC), meters);

    @Test
    void listsTheOfferingsOfAllMarketsCheapestFirst() {
        // Given
        sells("aws", 1, gpu("aws", "g6.xlarge", "L4", "0.30"), gpu("aws", "g6.2xlarge", "L4", "0.44"));
        sells("runpod", 1, gpu("runpod", "l4-secure", "L4", "0.39"), gpu("runpod", "l4", "L4", "0.21"));
        // When
        var prices = prices(search(new Wish().gpu("L4")));
        // Then
        assertThat(prices).containsExactly("0.21", "0.30", "0.39", "0.44");
    }

    @Test
    void ordersByWhatIsBilledAndNotByWhatTheMarketAsks() {
        // Given
        var cheapButReserved = offering("aws", "reserved").billed("0.90").at("0.10");
        sells("aws", 1, cheapButReserved, offering("aws", "honest").at("0.50"));
        // When
        var types = types(search(new Wish()));
        // Then
        assertThat(types).containsExactly("honest", "reserved");
    }

    @Test
    void findsEveryMemberOfAGpuFamily() {
        // Given
        sells(
                "aws",
                1,
                gpu("aws", "p5", "H100-SXM", "2.0"),
                gpu("aws", "pcie", "H100-PCIe", "1.5"),
                gpu("aws", "a", "A100-80GB", "1.0"));
        // When
        var types = types(search(new Wish().gpu("H100")));
        // Then
        assertThat(types).containsExactly("pcie", "p5");
    }

    @Test
    void takesValuesOfOneFilterAsAlternativesAndAddsFiltersUp() {
        // Given
        sells(
                "aws",
                1,
                gpu("aws", "l4-east", "L4", "0.30"),
                gpu("aws", "l40s-east", "L40S", "0.90"),
                offering("aws", "l4-west").region("us-west-2").gpu("L4", 1).at("0.20"),
                offering("aws", "l4-four").gpu("L4", 4).at("0.25"),
                offering("aws", "l4-kept").gpu("L4", 1).onDemand().at("0.22"));
        // When
        var types = types(search(
                new Wish().gpu("L4").gpu("L40S").gpuCount(1).region("us-east-1").spot()));
        // Then
        assertThat(types).containsExactly("l4-east", "l40s-east");
    }

    @Test
    void asksOnlyTheWantedProviders() {
        // Given
        sells("aws", 1, offering("aws", "m7").at("0.10"));
        sells("runpod", 1, offering("runpod", "cpu").at("0.20"));
        // When
        var findings = search(new Wish().provider("runpod"));
        // Then
        assertThat(types(findings)).containsExactly("cpu");
        assertThat(findings.asked())
                .extracting(market -> market.report().provider())
                .containsExactly("runpod");
    }

    @Test
    void includesTheOfferingThatCostsExactlyTheLimit() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "at").at("0.900000"),
                offering("aws", "above").at("0.900001"));
        // When
        var types = types(search(new Wish().atMost("0.9")));
        // Then
        assertThat(types).containsExactly("at");
    }

    @Test
    void admitsMachinesByVcpuMemoryAndGpuMemory() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "small").size(4, 16_384).at("0.1"),
                offering("aws", "large").size(8, 32_768).at("0.2"));
        // When
        var types = types(search(new Wish().size(8, 32_768)));
        // Then
        assertThat(types).containsExactly("large");
    }

    @Test
    void admitsMachinesBetweenTwoNumbersOfVcpusBothIncluded() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "two").size(2, 1).at("0.1"),
                offering("aws", "four").size(4, 1).at("0.2"),
                offering("aws", "eight").size(8, 1).at("0.3"),
                offering("aws", "sixteen").size(16, 1).at("0.4"));
        // When
        var types = types(search(new Wish().size(4, 0).atMostVcpu(8)));
        // Then
        assertThat(types).containsExactly("four", "eight");
    }

    @Test
    void findsTheClassAndTheGenerationThatANameTells() {
        // Given
        sells(
                "rackspace",
                1,
                offering("rackspace", "gp.vs1.small-iad").at("0.1"),
                offering("rackspace", "gp.vs2.small-iad").at("0.2"),
                offering("rackspace", "gp.bm2.small-iad").at("0.3"),
                offering("rackspace", "mh.vs2.small-iad").at("0.4"));
        // When
        var generalOfTwo = types(search(new Wish().ofClass("GP").generation(2)));
        var general = types(search(new Wish().ofClass("gp")));
        // Then
        assertThat(generalOfTwo).containsExactly("gp.vs2.small-iad", "gp.bm2.small-iad");
        assertThat(general).containsExactly("gp.vs1.small-iad", "gp.vs2.small-iad", "gp.bm2.small-iad");
    }

    @Test
    void limitsThePriceOfEachGpuWhicheverTheOrder() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "one").gpu("L4", 1).at("0.30"),
                offering("aws", "eight").gpu("L4", 8).at("1.60"),
                offering("aws", "none").at("0.01"));
        // When
        var byPrice = types(search(new Wish().atMostPerGpu("0.20")));
        var byGpu = types(search(new Wish().atMostPerGpu("0.20").perGpu()));
        // Then
        assertThat(byPrice).containsExactly("eight");
        assertThat(byGpu).containsExactly("eight");
    }

    @Test
    void admitsByStockHintAndByWhatTheHintIsWorth() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "silent").at("0.1"),
                offering("aws", "low").available(Availability.LOW).at("0.2"),
                offering("aws", "high").available(Availability.HIGH).at("0.3"));
        // When / Then
        assertThat(types(search(new Wish().available(Availability.MEDIUM)))).containsExactly("high");
        assertThat(types(search(new Wish().confidence(Confidence.LISTED)))).containsExactly("low", "high");
        assertThat(types(search(new Wish().confidence(Confidence.COUNTED)))).isEmpty();
    }

    @Test
    void putsTheLargerMachineFirstAmongEqualPricesAndThenGoesByName() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "b").size(4, 1).at("0.10"),
                offering("aws", "a").size(4, 1).at("0.1"),
                offering("aws", "c").size(8, 1).at("0.100"));
        sells("runpod", 1, offering("runpod", "aa").size(4, 1).at("0.1"));
        // When
        var types = types(search(new Wish()));
        // Then
        assertThat(types).containsExactly("c", "a", "aa", "b");
    }

    @Test
    void ranksMachinesWithGpusByThePriceOfEachGpu() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "one").gpu("L4", 1).at("0.30"),
                offering("aws", "eight").gpu("L4", 8).at("1.60"),
                offering("aws", "none").at("0.01"));
        // When
        var types = types(search(new Wish().perGpu()));
        // Then
        assertThat(types).containsExactly("eight", "one");
    }

    @Test
    void limitsTheWholeMachinesPriceAlsoWhenRankedByGpu() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "one").gpu("L4", 1).at("0.30"),
                offering("aws", "eight").gpu("L4", 8).at("1.60"));
        // When
        var types = types(search(new Wish().perGpu().atMost("1.00")));
        // Then
        assertThat(types).containsExactly("one");
    }

    @Test
    void givesEveryOfferingOnceOverAllPagesThoughTheMarketMoves() {
        // Given
        sells(
                "aws",
                1,
                offering("aws", "a").at("0.1"),
                offering("aws", "b").at("0.2"),
                offering("aws", "c").at("0.2"),
                offering("aws", "d").at("0.4"));
        sells("runpod", 1, offering("runpod", "r").at("0.2"));
        var query = new Wish().query();
        var first = storefront.search(query, Position.START, 2);
        // When
        sells(
                "aws",
                2,
                offering("aws", "new").at("0.05"),
                offering("aws", "c").at("0.2"),
                offering("aws", "d").at("0.4"));
        var rest = storefront.search(query, Position.in(moreOf(first).asToken(query), query), 10);
        // Then
        assertThat(types(first)).containsExactly("a", "b");
        assertThat(types(rest)).containsExactly("c", "r", "d");
        assertThat(rest.more()).isNull();
    }

    @Test
    void saysThatThereIsNoMoreWhenThePageEndsWithTheLastOffering() {
        // Given
        sells("aws", 1, offering("aws", "a").at("0.1"), offering("aws", "b").at("0.2"));
        // When
        var findings = storefront.search(new Wish().query(), Position.START, 2);
        // Then
        assertThat(findings.items()).hasSize(2);
        assertThat(findings.more()).isNull();
    }

    @Test
    void neverPutsAnOlderShelfOut() {
        // Given
        sells("aws", 7, offering("aws", "new").at("0.2"));
        // When
        sells("aws", 6, offering("aws", "old").at("0.1"));
        // Then
        assertThat(types(search(new Wish()))).containsExactly("new");
    }

    @Test
    void keepsTheReportOfTheLaterRound() {
        // Given
        var later = reportOf("aws", NOW);
        storefront.report(later);
        // When
        storefront.report(reportOf("aws", NOW.minusSeconds(30)));
        // Then
        assertThat(storefront.report("aws")).contains(later);
    }

    @Test
    void findsOneOfferingByItsId() {
        // Given
        var wanted = offering("aws", "m7").at("0.10");
        sells("aws", 1, wanted);
        // When
        var found = storefront.offering(wanted.id());
        // Then
        assertThat(found).map(Storefront.Found::offering).contains(wanted);
        assertThat(storefront.offering("aws:us-east-1:-:gone:spot")).isEmpty();
        assertThat(storefront.offering("nowhere")).isEmpty();
    }

    @Test
    void measuresTheAgeOfEachMarketsPrices() {
        // Given
        storefront.install(Shelf.empty("aws"), reportOf("aws", NOW.minusSeconds(42)));
        storefront.report(MarketReport.neverCollected("runpod", Duration.ofMinutes(5)));
        // When
        var aws =
                meters.get("spotplane.price.age").tag("provider", "aws").gauge().value();
        var runpod = meters.get("spotplane.price.age")
                .tag("provider", "runpod")
                .gauge()
                .value();
        // Then
        assertThat(aws).isEqualTo(42.0);
        assertThat(runpod).isNaN();
    }

    @Test
    void measuresHowMuchOfEachMarketIsBelieved() {
        // Given
        storefront.report(MarketReport.neverCollected("aws", Duration.ofMinutes(5))
                .believed(NOW, NOW, Duration.ofSeconds(1), 7, Map.of("ZERO_PRICE", 2, "BAD_ID", 1)));
        // When
        var forSale = rows("for_sale");
        var rejected = rows("rejected");
        // Then
        assertThat(forSale).isEqualTo(7);
        assertThat(rejected).isEqualTo(3);
    }

    private double rows(String outcome) {
        return meters.get("spotplane.market.rows")
                .tags("provider", "aws", "outcome", outcome)
                .gauge()
                .value();
    }

    private void sells(String provider, long version, Offering... offerings) {
        storefront.install(Shelf.of(provider, version, byId(offerings)), reportOf(provider, NOW));
    }

    private static MarketReport reportOf(String provider, Instant at) {
        return MarketReport.neverCollected(provider, Duration.ofMinutes(5))
                .believed(at, at, Duration.ZERO, 1, Map.of());
    }

    private static Offering gpu(String provider, String type, String model, String usd) {
        return offering(provider, type).gpu(model, 1).at(usd);
    }

    private Storefront.Findings search(Wish wish) {
        return storefront.search(wish.query(), Position.START, 50);
    }

    private static Position moreOf(Storefront.Findings findings) {
        return Objects.requireNonNull(findings.more());
    }

    private static List<String> prices(Storefront.Findings findings) {
        return findings.items().stream()
                .map(found -> found.offering().billedPrice().amount().toPlainString())
                .toList();
    }

    private static List<String> types(Storefront.Findings findings) {
        return findings.items().stream()
                .map(found -> found.offering().instanceType())
                .toList();
    }

    /** A query to order. */
    private static final class Wish {
        private final List<String> gpus = new ArrayList<>();
        private final List<String> regions = new ArrayList<>();
        private final List<String> providers = new ArrayList<>();
        private Integer gpuCount;
        private int vcpu;
        private int maxVcpu = Integer.MAX_VALUE;
        private final List<String> classes = new ArrayList<>();
        private final List<Integer> generations = new ArrayList<>();
        private BigDecimal limitPerGpu;
        private Availability availability = Availability.UNKNOWN;
        private Confidence confidence;
        private long memoryMiB;
        private CapacityType capacityType;
        private BigDecimal limit;
        private Sort sort = Sort.PRICE;

        Wish gpu(String name) {
            gpus.add(name);
            return this;
        }

        Wish gpuCount(int count) {
            gpuCount = count;
            return this;
        }

        Wish region(String name) {
            regions.add(name);
            return this;
        }

        Wish provider(String name) {
            providers.add(name);
            return this;
        }

        Wish spot() {
            capacityType = CapacityType.SPOT;
            return this;
        }

        Wish size(int cpus, long mebibytes) {
            vcpu = cpus;
            memoryMiB = mebibytes;
            return this;
        }

        Wish atMost(String usd) {
            limit = new BigDecimal(usd);
            return this;
        }

        Wish atMostVcpu(int cpus) {
            maxVcpu = cpus;
            return this;
        }

        Wish ofClass(String name) {
            classes.add(name);
            return this;
        }

        Wish generation(int number) {
            generations.add(number);
            return this;
        }

        Wish atMostPerGpu(String usd) {
            limitPerGpu = new BigDecimal(usd);
            return this;
        }

        Wish available(Availability least) {
            availability = least;
            return this;
        }

        Wish confidence(Confidence least) {
            confidence = least;
            return this;
        }

        Wish perGpu() {
            sort = Sort.PRICE_PER_GPU;
            return this;
        }

        OfferingQuery query() {
            return new OfferingQuery(
                    Set.copyOf(gpus),
                    gpuCount,
                    0,
                    vcpu,
                    maxVcpu,
                    memoryMiB,
                    Set.copyOf(classes),
                    Set.copyOf(generations),
                    Set.copyOf(regions),
                    Set.copyOf(providers),
                    capacityType,
                    limit,
                    limitPerGpu,
                    availability,
                    confidence,
                    sort);
        }
    }
}
