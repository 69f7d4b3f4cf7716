package io.spotplane.pricing;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.PriceAlertCleared;
import io.spotplane.contracts.event.PriceAlertRaised;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.kafka.EventCodec;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.OfferingsTopic;
import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Past prices and price alerts as their users meet them, on the whole service with a market that does as it is told. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spotplane.pricing.markets.north.every=1s", "spotplane.pricing.alerts.max-per-tenant=3"})
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class HistoryAndAlertsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Offering L4 = offering("north", "l4").gpu("L4", 1).at("0.300000");
    private static final String HISTORY = "/v1/offerings/" + L4.id() + "/history";

    @TestConfiguration(proxyBeanMethods = false)
    static class Markets {

        @Bean
        FakeMarket north() {
            return new FakeMarket("north").sells(L4);
        }
    }

    @Autowired
    TestTokens tokens;

    @Autowired
    FakeMarket north;

    @Autowired
    EventCodec codec;

    @LocalServerPort
    int port;

    private PricingApi api;
    private WebTestClient client;

    @BeforeEach
    void connect() {
        api = new PricingApi(port, tokens);
        client = api.anonymous();
        sell("0.300000");
    }

    @Test
    void tellsForHowLongWhichPriceWasInForce() {
        // When
        var answer = api.get(HISTORY + "/percentiles?p=20,50.5,100");
        // Then
        assertThat(answer.path("percentiles")).hasSize(3);
        assertThat(answer.path("percentiles").path(1).path("p").asString()).isEqualTo("50.5");
        assertThat(answer.path("percentiles").path(1).path("price").path("per").asString())
                .isEqualTo("hour");
        assertThat(answer.path("observed").decimalValue()).isLessThan(BigDecimal.ONE);
        assertThat(answer.path("changes").asInt()).isPositive();
    }

    @Test
    void cutsThePastIntoLevels() {
        // When
        var answer = api.get(HISTORY + "/change-points");
        // Then
        assertThat(answer.path("segments")
                        .path(0)
                        .path("level")
                        .path("currency")
                        .asString())
                .isEqualTo("USD");
        assertThat(answer.path("segments").path(0).path("confidence").isNull()).isTrue();
    }

    @Test
    void drawsAChartAsNumbersAndAsAPicture() {
        // When
        var numbers = api.get(HISTORY + "/chart?points=10");
        var picture = client.get()
                .uri(HISTORY + "/chart?points=10")
                .headers(tokens.viewerOf("acme"))
                .accept(MediaType.valueOf("image/svg+xml"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("image/svg+xml")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        // Then
        assertThat(numbers.path("points")).hasSize(10);
        assertThat(numbers.path("points").path(0).path("state").asString()).isEqualTo("NOT_OBSERVED");
        assertThat(numbers.path("points").path(0).path("mean").isNull()).isTrue();
        assertThat(numbers.path("points").path(9).path("state").asString()).isEqualTo("FOR_SALE");
        assertThat(numbers.path("points").path(9).path("mean").isString()).isTrue();
        assertThat(numbers.path("step").asString()).isEqualTo("PT72H");
        assertThat(picture).startsWith("<svg").contains(L4.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /percentiles?p=101                       | query:p
            /percentiles?p=-1                        | query:p
            /percentiles?p=NaN                       | query:p
            /percentiles?p=50,x                      | query:p
            /percentiles?p=1.23456                   | query:p
            /percentiles?p=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21 | query:p
            /percentiles?from=yesterday              | query:from
            /percentiles?from=2001-01-01T00:00:00Z   | query:from
            /percentiles?from=2999-01-01T00:00:00Z   | query:from
            /percentiles?to=1969-01-01T00:00:00Z     | query:to
            /percentiles?points=5                    | query:points
            /chart?points=0                          | query:points
            /chart?points=2001                       | query:points
            /chart?points=many                       | query:points
            /change-points?penalty=1                 | query:penalty
            """)
    void namesTheParameterThatIsNotValid(String query, String pointer) {
        // When
        var problem = api.problem(HISTORY + query);
        // Then
        assertThat(problem.path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.path("errors").path(0).path("pointer").asString()).startsWith(pointer);
    }

    @Test
    void knowsNoPastOfWhatWasNeverForSale() {
        for (var question : List.of("percentiles", "change-points", "chart")) {
            assertThat(api.status("/v1/offerings/north:nowhere/history/" + question))
                    .isEqualTo(404);
        }
    }

    @Test
    void tellsOnceWhenAPriceCrossesTheLineAndWhenItIsOver(KafkaServer kafka) {
        // Given
        var tenant = newTenant();
        var id = set(tenant, """
                {"name": "cheap L4", "kind": "THRESHOLD", "query": {"gpu": ["L4"], "gpuCount": 1},
                 "below": {"amount": "0.25", "currency": "USD"}, "basis": "GPU"}""");
        await().atMost(SOON).until(() -> !alert(tenant, id).path("judgedAt").isNull());
        // When
        sell("0.240000");
        await().atMost(SOON)
                .until(() -> alert(tenant, id).path("state").asString().equals("RAISED"));
        sell("0.230000");
        sell("0.300000");
        await().atMost(SOON)
                .until(() -> alert(tenant, id).path("state").asString().equals("ARMED"));
        // Then
        var topic = new OfferingsTopic(kafka, codec);
        await().atMost(SOON).until(() -> topic.eventsOfAlert(id).size() == 2);
        var events = topic.eventsOfAlert(id);
        assertThat(events).extracting(Event::tenant).containsOnly(tenant);
        assertThat(events).extracting(Event::sequence).containsExactly(1L, 2L);
        assertThat(events.getFirst().data()).isInstanceOfSatisfying(PriceAlertRaised.class, raised -> {
            assertThat(raised.offeringId()).isEqualTo(L4.id());
            assertThat(raised.price().amount()).isEqualByComparingTo("0.24");
            assertThat(raised.reason()).isEqualTo(PriceAlertRaised.Reason.BELOW);
        });
        assertThat(events.getLast().data()).isInstanceOf(PriceAlertCleared.class);
    }

    @Test
    void tellsOfAPriceThatIsBeyondTheLineAlready() {
        // Given
        var tenant = newTenant();
        // When
        var id = set(tenant, """
                {"kind": "BID_AT_RISK", "offeringId": "%s", "bid": {"amount": "0.31", "currency": "USD"}}""".formatted(L4.id()));
        // Then
        await().atMost(SOON)
                .until(() -> alert(tenant, id).path("state").asString().equals("RAISED"));
        var alert = alert(tenant, id);
        assertThat(alert.path("cause").path("reason").asString()).isEqualTo("BID_NEAR");
        assertThat(alert.path("horizon").asString()).isEqualTo("PT6H");
        assertThat(alert.path("generation").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                                             | /kind
            {"kind":"PIGEON"}                                                                              | /kind
            {"kind":"THRESHOLD"}                                                                           | /query
            {"kind":"THRESHOLD","query":{}}                                                                | /below
            {"kind":"THRESHOLD","query":{},"below":{"amount":"0","currency":"USD"}}                        | /below/amount
            {"kind":"THRESHOLD","query":{},"below":{"amount":"-1","currency":"USD"}}                       | /below
            {"kind":"THRESHOLD","query":{},"below":{"amount":0.25,"currency":"USD"}}                       | /below/amount
            {"kind":"THRESHOLD","query":{},"below":{"amount":"1","currency":"EUR"}}                        | /below/currency
            {"kind":"THRESHOLD","query":{},"above":{"amount":"1","currency":"USD"}}                        | /above
            {"kind":"THRESHOLD","query":{"gpuCount":-1},"below":{"amount":"1","currency":"USD"}}           | /query/gpuCount
            {"kind":"THRESHOLD","query":{"gpu":["<script>"]},"below":{"amount":"1","currency":"USD"}}      | /query/gpu/0
            {"kind":"THRESHOLD","query":{"gpu":[null]},"below":{"amount":"1","currency":"USD"}}            | /query/gpu/0
            {"kind":"THRESHOLD","query":{"gpuCount":0},"basis":"GPU","below":{"amount":"1","currency":"USD"}} | /basis
            {"kind":"THRESHOLD","query":{"colour":"red"},"below":{"amount":"1","currency":"USD"}}          | /query/colour
            {"kind":"THRESHOLD","query":{},"rearmPercent":101,"below":{"amount":"1","currency":"USD"}}     | /rearmPercent
            {"kind":"THRESHOLD","query":{},"rearmPercent":1e-99,"below":{"amount":"1","currency":"USD"}}   | /rearmPercent
            {"kind":"THRESHOLD","offeringId":"north:nowhere","below":{"amount":"1","currency":"USD"}}      | /offeringId
            {"kind":"THRESHOLD","offeringId":"../../etc","below":{"amount":"1","currency":"USD"}}          | /offeringId
            {"kind":"BID_AT_RISK"}                                                                         | /offeringId
            {"kind":"BID_AT_RISK","offeringId":"north:x","bid":{"amount":"1","currency":"USD"},"horizon":"PT1S"} | /horizon
            {"kind":"BID_AT_RISK","offeringId":"north:x","bid":{"amount":"1","currency":"USD"},"horizon":"soon"} | /horizon
            {"kind":"BID_AT_RISK","offeringId":"north:x","bid":{"amount":"1","currency":"USD"},"probability":0}  | /probability
            {"kind":"BID_AT_RISK","offeringId":"north:x","bid":{"amount":"1","currency":"USD"},"query":{}}       | /query
            """)
    void namesTheFieldThatIsNotValid(String body, String pointer) {
        // When
        var answer = post(newTenant(), body, null);
        // Then
        var problem = PricingApi.read(text(answer.expectStatus().isBadRequest()));
        assertThat(problem.path("errors"))
                .as(problem.toString())
                .extracting(error -> error.path("pointer").asString())
                .contains(pointer);
    }

    @Test
    void setsOneAlertForOneIdempotencyKey() {
        // Given
        var tenant = newTenant();
        var body = """
                {"kind": "THRESHOLD", "query": {}, "below": {"amount": "0.01", "currency": "USD"}}""";
        // When
        var first =
                PricingApi.read(text(post(tenant, body, "key-1").expectStatus().isCreated()));
        var second = PricingApi.read(text(post(tenant, body, "key-1")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true")));
        // Then
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(list(tenant, "").path("items")).hasSize(1);
    }

    @Test
    void belongsToItsTenantWhoMayHaveSoManyAndPagesThroughThem() {
        // Given
        var tenant = newTenant();
        var body = """
                {"kind": "THRESHOLD", "query": {}, "below": {"amount": "0.01", "currency": "USD"}}""";
        var ids = List.of(set(tenant, body), set(tenant, body), set(tenant, body));
        // Then
        post(tenant, body, null).expectStatus().isEqualTo(409);
        client.post()
                .uri("/v1/price-alerts")
                .headers(tokens.viewerOf(tenant))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isForbidden();
        var page = list(tenant, "?pageSize=2");
        assertThat(PricingApi.ids(page)).isEqualTo(ids.subList(0, 2));
        assertThat(PricingApi.ids(list(
                        tenant,
                        "?pageSize=2&pageToken=" + page.path("nextPageToken").asString())))
                .isEqualTo(ids.subList(2, 3));
        call("GET", ids.getFirst(), tokens.operatorOf(newTenant()))
                .expectStatus()
                .isNotFound();
        call("DELETE", ids.getFirst(), tokens.operatorOf(newTenant()))
                .expectStatus()
                .isNotFound();
        call("DELETE", ids.getFirst(), tokens.operatorOf(tenant)).expectStatus().isNoContent();
        call("GET", ids.getFirst(), tokens.operatorOf(tenant)).expectStatus().isNotFound();
        client.get().uri("/v1/price-alerts").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void describesAndMeasuresAllThis() {
        // When
        var description = PricingApi.read(text(client.get().uri("/v3/api-docs").exchange()));
        var metrics = text(client.get().uri("/actuator/prometheus").exchange());
        // Then
        var paths = description.path("paths");
        assertThat(paths.propertyNames())
                .contains("/v1/price-alerts", "/v1/price-alerts/{id}")
                .contains("/v1/offerings/{id}/history/percentiles", "/v1/offerings/{id}/history/change-points");
        assertThat(paths.at("/~1v1~1offerings~1{id}~1history~1chart/get/responses/200/content")
                        .propertyNames())
                .contains("application/json", "image/svg+xml");
        assertThat(metrics)
                .contains("spotplane_history_rows{")
                .contains("spotplane_history_condense_lag_seconds")
                .contains("spotplane_history_condensed_total")
                .contains("spotplane_alert_judging_seconds_count{");
    }

    private void sell(String usd) {
        north.sells(offering("north", "l4").gpu("L4", 1).at(usd));
        await().atMost(SOON)
                .until(() -> api.status("/v1/offerings/" + L4.id()) == 200
                        && api.get("/v1/offerings/" + L4.id())
                                .path("price")
                                .path("amount")
                                .asString()
                                .equals(usd));
    }

    private String set(String tenant, String body) {
        return PricingApi.read(text(post(tenant, body, null).expectStatus().isCreated()))
                .path("id")
                .asString();
    }

    private WebTestClient.ResponseSpec post(String tenant, String body, @Nullable String key) {
        var request = client.post()
                .uri("/v1/price-alerts")
                .headers(tokens.operatorOf(tenant))
                .contentType(MediaType.APPLICATION_JSON);
        return (key == null ? request : request.header("Idempotency-Key", key))
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec call(String method, String id, Consumer<HttpHeaders> caller) {
        return client.method(HttpMethod.valueOf(method))
                .uri("/v1/price-alerts/" + id)
                .headers(caller)
                .exchange();
    }

    private JsonNode alert(String tenant, String id) {
        return PricingApi.read(
                text(call("GET", id, tokens.viewerOf(tenant)).expectStatus().isOk()));
    }

    private JsonNode list(String tenant, String query) {
        return PricingApi.read(text(client.get()
                .uri("/v1/price-alerts" + query)
                .headers(tokens.viewerOf(tenant))
                .exchange()
                .expectStatus()
                .isOk()));
    }

    private static String text(WebTestClient.ResponseSpec response) {
        var body = response.expectBody().returnResult().getResponseBody();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    private static String newTenant() {
        return "t-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
