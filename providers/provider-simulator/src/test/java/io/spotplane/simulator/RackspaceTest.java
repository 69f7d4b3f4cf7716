package io.spotplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RackspaceTest {

    private static final String GPU = "gpu.vs2.xlargeplusplus-sjc";
    private static final String REGION = "us-west-sjc-1";
    private static final List<String> RUNGS = List.of(
            "0.01", "0.02", "0.03", "0.04", "0.06", "0.08", "0.1", "0.13", "0.16", "0.19", "0.22", "0.27", "0.32");

    private final ProviderSimulator simulator = ProviderSimulator.start(SimulatorSettings.defaults());
    private final Wire wire = new Wire(simulator.baseUri());

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void theFeedHasItsMixtureOfTypes() throws Exception {
        // When
        var feed = get("/rackspace/feed/percentiles.json");
        // Then
        var large = feed.path("regions").path(REGION).path("serverclasses").path(GPU);
        assertThat(feed.path("regions").size()).isEqualTo(8);
        assertThat(large.path("market_price").isString()).isTrue();
        assertThat(large.path("cpu").asString()).isEqualTo("24");
        assertThat(large.path("80_percentile").isNumber()).isTrue();
    }

    @Test
    void theHistoryTellsTheSamePercentilesAndEndsWithTheMarketPrice() throws Exception {
        // Given
        var feed = get("/rackspace/feed/percentiles.json")
                .path("regions")
                .path("us-east-iad-1")
                .path("serverclasses")
                .path("gp.vs1.2xlarge-iad");
        // When
        var rounds = get("/rackspace/feed/history/gp.vs1.2xlarge-iad").path("history");
        // Then
        var prices = new ArrayList<BigDecimal>();
        rounds.forEach(round -> prices.add(round.path("hammer_price").asDecimal()));
        assertThat(rounds.size()).isEqualTo(720);
        assertThat(prices.getLast())
                .isEqualByComparingTo(feed.path("market_price").asString());
        assertThat(prices.stream().sorted().toList().get(143))
                .isEqualByComparingTo(sixPlaces(feed.path("20_percentile")));
        assertThat(prices.stream().sorted().toList().get(575))
                .isEqualByComparingTo(sixPlaces(feed.path("80_percentile")));
        assertThat(prices.stream().distinct().count()).isGreaterThan(2);
    }

    @Test
    void pricesStandOnTheLadderOrAtTheReserve() throws Exception {
        // When
        var rounds = get("/rackspace/feed/history/ch.vs1.large-iad").path("history");
        // Then
        assertThat(StreamSupport.stream(rounds.spliterator(), false)
                        .map(round -> round.path("hammer_price")
                                .asDecimal()
                                .stripTrailingZeros()
                                .toPlainString())
                        .distinct())
                .allMatch(price -> price.equals("0.001") || RUNGS.contains(price));
    }

    @Test
    void onePastForOneSeed() throws Exception {
        try (var twin = ProviderSimulator.start(SimulatorSettings.defaults())) {
            assertThat(wire.send("GET", "/rackspace/feed/history/" + GPU, "", Map.of())
                            .body())
                    .isEqualTo(new Wire(twin.baseUri())
                            .send("GET", "/rackspace/feed/history/" + GPU, "", Map.of())
                            .body());
        }
    }

    @Test
    void outsidersMoveTheMarketOnTheLadderAlone() throws Exception {
        // When
        simulator.setPrice(Provider.RACKSPACE, GPU, REGION, new BigDecimal("0.22"));
        var off = wire.send("POST", "/_control/prices", price("0.23"), Map.of());
        var low = wire.send("POST", "/_control/prices", price("0.10"), Map.of());
        // Then
        assertThat(market(GPU)).isEqualTo("0.220000");
        assertThat(off.body()).contains("bid price 0.23 is not on the bid ladder");
        assertThat(low.body()).contains("greater than or equal to the minimum bid price of 0.16");
        var history = get("/rackspace/feed/history/" + GPU).path("history");
        assertThat(history.path(history.size() - 1).path("hammer_price").asDecimal())
                .isEqualByComparingTo("0.22");
    }

    @Test
    void timeMovesTheMarket() throws Exception {
        // Given
        var before = get("/rackspace/feed/history/gp.vs1.2xlarge-iad").path("history");
        // When
        simulator.advance(Duration.ofHours(5));
        var after = get("/rackspace/feed/history/gp.vs1.2xlarge-iad").path("history");
        // Then
        assertThat(after.path(0)).isEqualTo(before.path(5));
        assertThat(after.size()).isEqualTo(before.size());
    }

    @Test
    void anUnchangedFeedIsNotSentAgain() throws Exception {
        // Given
        var etag = wire.send("GET", "/rackspace/feed/percentiles.json", "", Map.of())
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        // When / Then
        assertThat(wire.send("GET", "/rackspace/feed/percentiles.json", "", Map.of("If-None-Match", etag))
                        .statusCode())
                .isEqualTo(304);
        simulator.setPrice(Provider.RACKSPACE, GPU, REGION, new BigDecimal("0.27"));
        assertThat(wire.send("GET", "/rackspace/feed/percentiles.json", "", Map.of("If-None-Match", etag))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theApiTakesTheIdTokenAlone() throws Exception {
        // Given
        var login = Wire.json(wire.send(
                "POST",
                "/rackspace/login/oauth/token",
                "grant_type=refresh_token&client_id=c&refresh_token=r",
                Map.of()));
        // When
        var wrong = classes(login.path("access_token").asString());
        var right = classes(login.path("id_token").asString());
        // Then
        assertThat(wrong.statusCode()).isEqualTo(401);
        var gpu = StreamSupport.stream(Wire.json(right).path("items").spliterator(), false)
                .filter(item -> item.path("metadata").path("name").asString().equals(GPU))
                .findFirst()
                .orElseThrow();
        assertThat(gpu.path("spec").path("minBidPricePerHour").asString()).isEqualTo("0.16");
        assertThat(gpu.path("spec").path("onDemandPricing").path("cost").asString())
                .isEqualTo("$0.80");
        assertThat(gpu.path("status").path("capacity").asInt()).isEqualTo(10);
        // When
        simulator.expireTokens();
        // Then
        assertThat(classes(login.path("id_token").asString()).statusCode()).isEqualTo(401);
    }

    @Test
    void aRevokedRefreshTokenBringsNothing() throws Exception {
        assertThat(wire.send(
                                "POST",
                                "/rackspace/login/oauth/token",
                                "grant_type=refresh_token&client_id=c&refresh_token=revoked",
                                Map.of())
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rackspace/api/v1/regions",
                "/rackspace/api/v1/serverclasses?region=x",
                "/rackspace/api/v1/market/prices/us-west-sjc-1/servers/gpu",
                "/rackspace/api/v1/auth/validate",
                "/rackspace/api/v1/organizations/org/cloudspaces"
            })
    void endpointsThatSomeClientsInventAreNotThere(String path) throws Exception {
        // Given
        var token = Wire.json(wire.send(
                        "POST",
                        "/rackspace/login/oauth/token",
                        "grant_type=refresh_token&client_id=c&refresh_token=r",
                        Map.of()))
                .path("id_token")
                .asString();
        // When / Then
        assertThat(wire.send("GET", path, "", Map.of("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFlappingFeedAlternatesWithYesterday() throws Exception {
        // Given
        simulator.misbehave(Rule.of(Provider.RACKSPACE, "GET feed/percentiles.json", Behaviour.FLAP));
        // When
        var first = get("/rackspace/feed/percentiles.json");
        var second = get("/rackspace/feed/percentiles.json");
        var third = get("/rackspace/feed/percentiles.json");
        // Then
        assertThat(first).isEqualTo(third).isNotEqualTo(second);
    }

    private java.net.http.HttpResponse<String> classes(String token) throws Exception {
        return wire.send(
                "GET",
                "/rackspace/api/apis/ngpc.rxt.io/v1/serverclasses",
                "",
                Map.of("Authorization", "Bearer " + token));
    }

    private String market(String name) throws Exception {
        return get("/rackspace/feed/percentiles.json")
                .path("regions")
                .path(REGION)
                .path("serverclasses")
                .path(name)
                .path("market_price")
                .asString();
    }

    private static String price(String bid) {
        return "{\"provider\":\"rackspace\",\"instanceType\":\"" + GPU + "\",\"region\":\"" + REGION + "\",\"price\":"
                + bid + "}";
    }

    private static BigDecimal sixPlaces(JsonNode number) {
        return number.asDecimal().setScale(6, java.math.RoundingMode.HALF_UP);
    }

    private JsonNode get(String path) throws Exception {
        var answer = wire.send("GET", path, "", Map.of());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Wire.json(answer);
    }
}
