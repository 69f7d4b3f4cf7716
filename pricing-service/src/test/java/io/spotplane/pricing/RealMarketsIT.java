package io.spotplane.pricing;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The adapters as they ship, on the simulator's wire: real prices through the real path. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.pricing.markets.aws.every=2s",
            "spotplane.pricing.markets.aws.timeout=20s",
            "spotplane.pricing.markets.runpod.every=2s",
            "spotplane.providers.aws.regions=us-east-1,us-west-2,eu-west-1",
            "spotplane.providers.aws.access-key-id=AKIASIMULATED",
            "spotplane.providers.aws.secret-access-key=simulated",
            "spotplane.providers.runpod.api-key=simulated",
            "spotplane.pricing.markets.rackspace.every=2s",
            "spotplane.pricing.markets.gcp.every=2s",
            "spotplane.providers.rackspace.enabled=true",
            "spotplane.providers.rackspace.refresh-token=simulated"
        })
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class RealMarketsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ProviderSimulator SIMULATOR = ProviderSimulator.start(SimulatorSettings.defaults());

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry properties) {
        properties.add(
                "spotplane.providers.aws.endpoint", () -> SIMULATOR.baseUri().resolve("/ec2"));
        properties.add(
                "spotplane.providers.runpod.base-url", () -> SIMULATOR.baseUri().resolve("/runpod"));
        properties.add("spotplane.providers.rackspace.feed-url", () -> SIMULATOR.baseUri() + "/rackspace/feed");
        properties.add("spotplane.providers.rackspace.api-url", () -> SIMULATOR.baseUri() + "/rackspace/api");
        properties.add("spotplane.providers.rackspace.login-url", () -> SIMULATOR.baseUri() + "/rackspace/login");
        properties.add("spotplane.providers.catalogues[0].name", () -> "gcp");
        properties.add(
                "spotplane.providers.catalogues[0].location", () -> SIMULATOR.baseUri() + "/catalogue/gcp/vms.csv.gz");
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    private PricingApi api;

    @BeforeEach
    void collected() {
        api = new PricingApi(port, tokens);
        await().atMost(SOON).until(() -> api.status("/v1/offerings") == 200);
        await().atMost(SOON)
                .until(() -> api.sources().values().stream().allMatch(String::isEmpty)
                        && marketsWithOfferings().containsAll(Set.of("aws", "runpod", "rackspace", "gcp")));
    }

    @Test
    void offersOneGpuOfAllCloudsCheapestFirst() {
        // When
        var page = api.get("/v1/offerings?gpu=L4&gpuCount=1&capacityType=SPOT&pageSize=200");
        // Then
        var providers = page.path("items")
                .valueStream()
                .map(item -> item.path("provider").asString())
                .collect(Collectors.toSet());
        var prices = page.path("items")
                .valueStream()
                .map(item ->
                        new BigDecimal(item.path("billedPrice").path("amount").asString()))
                .toList();
        assertThat(providers).containsExactlyInAnyOrder("aws", "runpod", "gcp");
        assertThat(prices).isSorted();
        assertThat(page.path("items").path(0).path("source").asString()).isNotBlank();
        System.out.println("markets: " + api.get("/v1/markets"));
    }

    @Test
    void showsAPriceThatMovedAndRemembersWhatItWas() {
        // Given
        var before = cheapestG6();
        // When
        SIMULATOR.setPrice(Provider.AWS, "g6.xlarge", "us-east-1", new BigDecimal("0.123400"));
        // Then
        await().atMost(SOON).until(() -> price(before.id()).compareTo(new BigDecimal("0.1234")) == 0);
        var history = api.get("/v1/offerings/" + before.id() + "/history").path("items");
        assertThat(history.path(0).path("price").path("amount").asString()).isEqualTo("0.123400");
        assertThat(new BigDecimal(history.path(1).path("price").path("amount").asString()))
                .isEqualByComparingTo(before.price());
    }

    @Test
    void showsAnAuctionWithItsBidsAndWhatIsBilled() {
        // When
        var gpu = api.get("/v1/offerings/rackspace:us-west-sjc-1:-:gpu.vs2.xlargeplusplus-sjc.x1:spot");
        // Then
        assertThat(gpu.path("availabilityConfidence").asString()).isEqualTo("COUNTED");
        assertThat(gpu.path("bidRules").path("minimum").asString()).isEqualTo("0.16");
        assertThat(gpu.path("bidRules").path("ladder").size()).isEqualTo(4);
        assertThat(new BigDecimal(gpu.path("billedPrice").path("amount").asString()))
                .isGreaterThanOrEqualTo(new BigDecimal("0.16"));
    }

    @Test
    void followsAnAuctionAndAPriceList() {
        // When
        SIMULATOR.setPrice(Provider.RACKSPACE, "gpu.vs2.xlargeplusplus-sjc", "us-west-sjc-1", new BigDecimal("0.32"));
        SIMULATOR.setPrice(Provider.CATALOGUE, "g2-standard-4", "us-central1", new BigDecimal("0.1111"));
        // Then
        await().atMost(SOON)
                .until(() -> price("rackspace:us-west-sjc-1:-:gpu.vs2.xlargeplusplus-sjc.x1:spot")
                                .compareTo(new BigDecimal("0.32"))
                        == 0);
        await().atMost(SOON)
                .until(() -> price("gcp:us-central1:-:g2-standard-4.x1:spot").compareTo(new BigDecimal("0.1111")) == 0);
    }

    @Test
    void namesACloudThatFailsAndKeepsItsPrices() {
        // Given
        var before = api.get("/v1/offerings?provider=aws").path("items").size();
        var rule = SIMULATOR.misbehave(Rule.of(Provider.AWS, "DescribeSpotPriceHistory", Behaviour.ERROR));
        // When
        await().atMost(SOON).until(() -> !api.sources().get("aws").isEmpty());
        // Then
        assertThat(api.get("/v1/offerings?provider=aws").path("items").size()).isEqualTo(before);
        assertThat(api.sources()).containsEntry("runpod", "");
        SIMULATOR.rules().remove(rule);
    }

    private Set<String> marketsWithOfferings() {
        return api.get("/v1/markets")
                .path("items")
                .valueStream()
                .filter(market -> market.path("offerings").asInt() > 0)
                .map(market -> market.path("provider").asString())
                .collect(Collectors.toSet());
    }

    private BigDecimal price(String id) {
        return new BigDecimal(
                api.get("/v1/offerings/" + id).path("price").path("amount").asString());
    }

    private Cheapest cheapestG6() {
        return api.get("/v1/offerings?provider=aws&region=us-east-1&gpu=L4&gpuCount=1&capacityType=SPOT")
                .path("items")
                .valueStream()
                .filter(item -> item.path("instanceType").asString().equals("g6.xlarge"))
                .map(item -> new Cheapest(
                        item.path("id").asString(),
                        new BigDecimal(item.path("price").path("amount").asString())))
                .findFirst()
                .orElseThrow();
    }

    private record Cheapest(String id, BigDecimal price) {}
}
