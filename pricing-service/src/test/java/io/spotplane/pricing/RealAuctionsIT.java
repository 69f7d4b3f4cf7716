package io.spotplane.pricing;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The adapter of a real auction house as it ships, on the simulator's wire: its whole month of auctions through the real path, and a bid for each. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.pricing.markets.rackspace.every=5s",
            "spotplane.pricing.auctions.every=10s",
            "spotplane.pricing.auctions.reload=500ms",
            "spotplane.providers.rackspace.enabled=true",
            "spotplane.providers.rackspace.refresh-token=simulated"
        })
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class RealAuctionsIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final ProviderSimulator SIMULATOR = ProviderSimulator.start(SimulatorSettings.defaults());

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry properties) {
        properties.add("spotplane.providers.rackspace.feed-url", () -> SIMULATOR.baseUri() + "/rackspace/feed");
        properties.add("spotplane.providers.rackspace.api-url", () -> SIMULATOR.baseUri() + "/rackspace/api");
        properties.add("spotplane.providers.rackspace.login-url", () -> SIMULATOR.baseUri() + "/rackspace/login");
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
        await().atMost(SOON).until(() -> spot().size() > 90);
        await().atMost(SOON)
                .until(() -> spot().stream()
                        .limit(3)
                        .allMatch(id ->
                                bid(id, "BALANCED").path("method").asString().equals("REPLAY")));
    }

    @Test
    void bidsOnTheLadderForEveryClassFromItsMonthOfAuctions() throws IOException {
        // When
        var answers = new TreeMap<String, JsonNode>();
        spot().forEach(id -> answers.put(id, bid(id, "CONSERVATIVE")));
        // Then
        assertThat(answers.values()).allSatisfy(answer -> {
            assertThat(answer.path("method").asString()).isEqualTo("REPLAY");
            assertThat(answer.path("history").path("knownSeconds").asLong())
                    .isGreaterThan(Duration.ofDays(20).toSeconds());
            assertThat(amount(answer.path("chosen").path("bid")))
                    .isGreaterThanOrEqualTo(amount(answer.path("marketPrice")))
                    .isGreaterThanOrEqualTo(amount(answer.path("minimumBid")));
            assertThat(answer.path("percentiles").isObject()).isTrue();
        });
        answers.forEach(RealAuctionsIT::print);
        draw(answers);
    }

    private static void print(String id, JsonNode answer) {
        var chosen = answer.path("chosen");
        System.out.printf(
                "%s market %s p80 %s -> %s held %.3f losses/d %.2f survival %.4f %s%n",
                id,
                amount(answer.path("marketPrice")),
                amount(answer.path("percentiles").path("p80")),
                amount(chosen.path("bid")),
                chosen.path("shareOfTimeHeld").asDouble(),
                chosen.path("interruptionsPerDay").asDouble(),
                chosen.path("survival").path("probability").asDouble(),
                answer.path("warnings")
                        .valueStream()
                        .map(one -> one.path("code").asString())
                        .toList());
    }

    /** For looking at, not for judging. */
    private void draw(Map<String, JsonNode> answers) throws IOException {
        var liveliest = answers.entrySet().stream()
                .max(Map.Entry.comparingByValue((one, other) -> Integer.compare(
                        one.path("rungs").size(), other.path("rungs").size())))
                .orElseThrow()
                .getKey();
        var picture = api.exchange("/v1/bids/" + liveliest + "/replay.svg");
        Files.write(Path.of("target/replay.svg"), Objects.requireNonNull(picture.getResponseBody()));
    }

    private JsonNode bid(String id, String strategy) {
        return api.get("/v1/bids?offering=" + id + "&strategy=" + strategy);
    }

    private List<String> spot() {
        return api.ids("/v1/offerings?provider=rackspace&capacityType=SPOT&pageSize=200");
    }

    private static BigDecimal amount(JsonNode price) {
        return new BigDecimal(price.path("amount").asString());
    }
}
