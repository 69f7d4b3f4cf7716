package io.spotplane.providers.rackspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.HammerPrice;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import io.spotplane.providers.spi.PricePercentiles;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Secret;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;

class RackspaceMarketDataTest {

    private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");
    private static final String CLASS =
            "{\"20_percentile\":0.011,\"50_percentile\":0.026000000000000002,\"80_percentile\":0.031,\"market_price\":\"%s\",\"cpu\":\"%s\",\"memory\":\"%s\",\"display_name\":\"%s\",\"category\":\"%s\",\"description\":\"US\"}";

    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                var document = documents.get(exchange.getRequestURI().getPath());
                var body = String.valueOf(document).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 10:00:00 GMT");
                exchange.sendResponseHeaders(document == null ? 403 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void aServerClassIsASpotOfferBilledAtLeastItsLeastBid() {
        // Given
        feed(entry(
                "gp.vs1.large-iad",
                CLASS.formatted("0.001000", "4", "3.75GB", "General Virtual Server.Large", "General Purpose")));
        // When
        var offer = sweep(null).offerings().getFirst();
        // Then
        assertThat(offer.id()).isEqualTo("rackspace:us-east-iad-1:-:gp.vs1.large-iad:spot");
        assertThat(offer.price()).isEqualTo(HourlyPrice.usd("0.001000"));
        assertThat(offer.billedPrice()).isEqualTo(HourlyPrice.usd("0.01"));
        assertThat(offer.vcpu()).isEqualTo(4);
        assertThat(offer.memoryMiB()).isEqualTo(3840);
        assertThat(offer.gpu()).isNull();
        assertThat(offer.availability()).isEqualTo(Availability.UNKNOWN);
        assertThat(offer.availabilityConfidence()).isEqualTo(Confidence.LISTED);
        assertThat(offer.observedAt()).isEqualTo(Instant.parse("2026-11-24T10:00:00Z"));
        assertThat(offer.receivedAt()).isEqualTo(NOW);
        assertThat(offer.source()).isEqualTo("percentiles.json");
        assertThat(offer.bidRules().effectiveFrom()).isEqualTo(LocalDate.of(2026, 7, 1));
        assertThat(offer.bidRules().upTo(new BigDecimal("0.33")).map(BigDecimal::toPlainString))
                .containsExactly(
                        "0.01", "0.02", "0.03", "0.04", "0.06", "0.08", "0.10", "0.13", "0.16", "0.19", "0.22", "0.27",
                        "0.32");
    }

    @Test
    void badClassesAreCountedAndLoseNoOther() {
        // Given
        feed(
                entry("good", CLASS.formatted("0.02", "4", "1TB", "n", "General Purpose")),
                entry("nan", CLASS.formatted("NaN", "4", "4GB", "n", "General Purpose")),
                entry("negative", CLASS.formatted("-0.01", "4", "4GB", "n", "General Purpose")),
                entry("huge", CLASS.formatted("1000000000000", "4", "4GB", "n", "General Purpose")),
                entry("free", CLASS.formatted("0.000000", "4", "4GB", "n", "General Purpose")),
                entry("size", CLASS.formatted("0.01", "four", "4GB", "n", "General Purpose")),
                entry("memory", CLASS.formatted("0.01", "4", "much", "n", "General Purpose")),
                entry("numbers", "{\"market_price\":0.02,\"cpu\":8,\"memory\":\"30GB\"}"),
                entry("object", "{\"market_price\":{\"usd\":1}}"),
                entry("nothing", "null"));
        // When
        var sweep = sweep(null);
        // Then
        assertThat(sweep.offerings()).extracting(Offering::instanceType).containsExactly("good", "numbers");
        assertThat(sweep.offerings().getFirst().memoryMiB()).isEqualTo(1024 * 1024);
        assertThat(sweep.offerings().getLast().vcpu()).isEqualTo(8);
        assertThat(flaws(sweep))
                .isEqualTo(Map.of(
                        "NOT_A_NUMBER",
                        2L,
                        "NEGATIVE_PRICE",
                        1L,
                        "PRICE_TOO_HIGH",
                        1L,
                        "NO_PRICE",
                        2L,
                        "BAD_SIZE",
                        2L));
    }

    @Test
    void gpusAreReadFromTheWords() {
        // Given
        feed(
                entry(
                        "a30",
                        CLASS.formatted("0.15", "24", "64GB", "GPU A30 Virtual Server v2. + + Extra Large", "GPU")),
                entry("two", CLASS.formatted("0.3", "48", "128GB", "GPU 2 x A30 Virtual Server", "GPU")),
                entry("new", CLASS.formatted("0.9", "24", "64GB", "GPU Rubin Virtual Server", "GPU")));
        // When
        var offers = sweep(null).offerings();
        // Then
        assertThat(offers)
                .extracting(Offering::gpu)
                .containsExactly(new Gpu("A30", 1, 24), new Gpu("A30", 2, 24), new Gpu("RUBIN", 1, 0));
        assertThat(offers.get(1).id()).isEqualTo("rackspace:us-east-iad-1:-:two.x2:spot");
    }

    @Test
    void theApiTellsStockLeastBidAndOnDemandPrice() {
        // Given
        feed(entry("gpu.a30", CLASS.formatted("0.15", "24", "64GB", "GPU A30", "GPU")));
        account("""
                {"metadata":{"name":"gpu.a30"},"spec":{"category":"GPU","displayName":"GPU A30 Virtual Server","region":"us-east-iad-1",
                  "minBidPricePerHour":"0.16","onDemandPricing":{"cost":"$0.40","interval":"30m"},"resources":{"cpu":"24","memory":"64GB","gpu":"1"}},
                 "status":{"available":0,"capacity":10,"reserved":10,"spotPricing":{"marketPricePerHour":"0.190000","hammerPricePerHour":"0.220000"}}}
                """);
        // When
        var offers = sweep(Secret.of("refresh")).offerings();
        // Then
        var spot = offers.getFirst();
        assertThat(spot.price()).isEqualTo(HourlyPrice.usd("0.190000"));
        assertThat(spot.billedPrice()).isEqualTo(HourlyPrice.usd("0.220000"));
        assertThat(spot.bidRules().minimum()).isEqualByComparingTo("0.16");
        assertThat(spot.availability()).isEqualTo(Availability.LOW);
        assertThat(spot.availabilityConfidence()).isEqualTo(Confidence.COUNTED);
        var onDemand = offers.getLast();
        assertThat(onDemand.capacityType()).isEqualTo(CapacityType.ON_DEMAND);
        assertThat(onDemand.price().amount()).isEqualByComparingTo("0.80");
        assertThat(onDemand.availability()).isEqualTo(Availability.NONE);
        assertThat(onDemand.bidRules()).isNull();
    }

    @Test
    void percentilesComeWithoutTheNoiseOfDoublesAndBadOnesAreLeftOut() {
        // Given
        feed(
                entry("good", CLASS.formatted("0.02", "4", "4GB", "n", "General Purpose")),
                entry(
                        "crossed",
                        CLASS.formatted("0.02", "4", "4GB", "n", "General Purpose")
                                .replace("0.011", "9.0")),
                entry("half", "{\"market_price\":\"0.02\",\"20_percentile\":0.01}"));
        // When
        var percentiles = adapter(null).auctionHistory().percentiles().block();
        // Then
        assertThat(percentiles)
                .containsExactly(new PricePercentiles(
                        "rackspace:us-east-iad-1:-:good:spot",
                        new BigDecimal("0.011"),
                        new BigDecimal("0.026000"),
                        new BigDecimal("0.031")));
    }

    @Test
    void historiesAreSortedAndOfEachSecondOnce() {
        // Given
        feed(entry("good", CLASS.formatted("0.02", "4", "4GB", "n", "General Purpose")));
        documents.put(
                "/history/good",
                "{\"auction\":\"x\",\"history\":[{\"run_at\":300,\"hammer_price\":0.03},{\"run_at\":100,\"hammer_price\":\"0.010000000000000002\"},"
                        + "{\"run_at\":300,\"hammer_price\":0.04},{\"run_at\":200,\"hammer_price\":-1},{\"run_at\":\"soon\",\"hammer_price\":1},{}]}");
        var offering = sweep(null).offerings().getFirst();
        // When
        var prices = adapter(null).auctionHistory().prices(offering).block();
        // Then
        assertThat(prices.prices())
                .containsExactly(
                        new HammerPrice(Instant.ofEpochSecond(100), new BigDecimal("0.010000")),
                        new HammerPrice(Instant.ofEpochSecond(300), new BigDecimal("0.04")));
    }

    @Test
    void everyCollectedFeedIsAMarketOf101Offers() throws IOException {
        // Given
        var folder = collected();
        assumeTrue(folder != null, "no collected feeds");
        try (var files = Files.list(folder)) {
            for (var file : files.filter(name -> name.toString().contains("percentiles-"))
                    .sorted()
                    .toList()) {
                documents.put("/percentiles.json", Files.readString(file));
                // When
                var sweep = sweep(null);
                var percentiles = adapter(null).auctionHistory().percentiles().block();
                // Then
                assertThat(sweep.offerings())
                        .hasSize(101)
                        .extracting(Offering::id)
                        .doesNotHaveDuplicates();
                assertThat(sweep.rejected()).isEmpty();
                assertThat(percentiles).hasSize(101);
                assertThat(sweep.offerings())
                        .filteredOn(offer -> offer.gpu() != null)
                        .extracting(offer -> offer.gpu().model())
                        .containsExactly("A30");
                System.out.printf(
                        "%s: %d billed above the market%n",
                        file.getFileName(),
                        sweep.offerings().stream()
                                .filter(offer -> offer.billedPrice().exceeds(offer.price()))
                                .count());
            }
        }
    }

    private static Map<String, Long> flaws(MarketSweep sweep) {
        return sweep.rejected().stream()
                .collect(Collectors.groupingBy(RejectedRow::why, TreeMap::new, Collectors.counting()));
    }

    private static @Nullable Path collected() {
        var set = System.getProperty("spotplane.shared");
        var shared = set != null
                ? Stream.of(Path.of(set))
                : Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                        .map(folder -> folder.resolveSibling("shared"));
        return shared.map(folder -> folder.resolve("data/rackspace-spot"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
    }

    private static String entry(String name, String fields) {
        return "\"" + name + "\":" + fields;
    }

    private void feed(String... classes) {
        documents.put(
                "/percentiles.json",
                "{\"regions\":{\"us-east-iad-1\":{\"generation\":\"v1\",\"serverclasses\":{" + String.join(",", classes)
                        + "}}}}");
    }

    private void account(String... classes) {
        documents.put("/oauth/token", "{\"id_token\":\"id\",\"access_token\":\"access\",\"expires_in\":86400}");
        documents.put(
                "/apis/ngpc.rxt.io/v1/serverclasses",
                "{\"kind\":\"ServerClassList\",\"items\":[" + String.join(",", classes) + "]}");
    }

    private MarketSweep sweep(@Nullable Secret refreshToken) {
        return adapter(refreshToken).marketData().sweep().block(Duration.ofSeconds(20));
    }

    private RackspaceAccount adapter(@Nullable Secret refreshToken) {
        var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var settings = new RackspaceSettings(true, base, base, base, "client", refreshToken, Duration.ofSeconds(10));
        return RackspaceAccount.of(
                settings, new ProviderHttp(WebClient.builder()), CallGuards.unmeasured(), InstantSource.fixed(NOW));
    }
}
