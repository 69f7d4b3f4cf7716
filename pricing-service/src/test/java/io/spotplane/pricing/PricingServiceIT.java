package io.spotplane.pricing;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.OfferingRepriced;
import io.spotplane.contracts.event.OfferingWithdrawn;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.kafka.EventCodec;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.OfferingsTopic;
import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;

/** The whole service on real PostgreSQL, Redis and Kafka, with two markets that do as they are told. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.pricing.markets.north.every=2s",
            "spotplane.pricing.markets.north.timeout=500ms",
            "spotplane.pricing.markets.north.refresh-pause=1s",
            "spotplane.pricing.markets.south.every=1s",
            "spotplane.pricing.markets.south.timeout=500ms",
            "spotplane.pricing.markets.south.stale-after=1s"
        })
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class PricingServiceIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Offering L4_NORTH =
            offering("north", "l4").gpu("L4", 1).at("0.300000");
    private static final Offering L4_SOUTH =
            offering("south", "l4").gpu("L4", 1).at("0.21");
    private static final Offering H100_NORTH =
            offering("north", "h100").gpu("H100-SXM", 8).at("16.00");
    private static final Offering CPU_SOUTH =
            offering("south", "cpu").onDemand().at("0.05");

    @TestConfiguration(proxyBeanMethods = false)
    static class Markets {

        @Bean
        FakeMarket north() {
            return new FakeMarket("north").sells(L4_NORTH, H100_NORTH);
        }

        @Bean
        FakeMarket south() {
            return new FakeMarket("south").sells(L4_SOUTH, CPU_SOUTH);
        }
    }

    @Autowired
    TestTokens tokens;

    @Autowired
    FakeMarket north;

    @Autowired
    FakeMarket south;

    @Autowired
    EventCodec codec;

    @LocalServerPort
    int port;

    private PricingApi api;

    @BeforeEach
    void connect() {
        api = new PricingApi(port, tokens);
        north.sells(L4_NORTH, H100_NORTH);
        south.sells(L4_SOUTH, CPU_SOUTH);
        await().atMost(SOON)
                .until(() ->
                        api.ids("/v1/offerings").containsAll(List.of(L4_SOUTH.id(), L4_NORTH.id(), H100_NORTH.id())));
        await().atMost(SOON).until(() -> api.sources().values().stream().allMatch(error -> error.isEmpty()));
    }

    @Test
    void listsTheCheapestOffersOfAllMarketsWithAgeAndSource() {
        // When
        var page = api.get("/v1/offerings?gpu=L4&gpuCount=1&capacityType=SPOT");
        // Then
        assertThat(PricingApi.ids(page)).containsExactly(L4_SOUTH.id(), L4_NORTH.id());
        var cheapest = page.path("items").path(0);
        assertThat(cheapest.path("billedPrice"))
                .hasToString("{\"amount\":\"0.21\",\"currency\":\"USD\",\"per\":\"hour\"}");
        assertThat(cheapest.path("pricePerGpu").path("amount").asString()).isEqualTo("0.210000");
        assertThat(cheapest.path("source").asString()).isEqualTo("TestPrices");
        assertThat(cheapest.path("ageSeconds").isIntegralNumber()).isTrue();
        assertThat(cheapest.path("stale").isBoolean()).isTrue();
        assertThat(cheapest.path("gpu").path("model").asString()).isEqualTo("L4");
        assertThat(page.path("sources")).hasSize(2);
        assertThat(page.path("nextPageToken").isNull()).isTrue();
    }

    @Test
    void saysWhatSeveralNodesCostAnHourAndAMonth() {
        // When
        var page = api.get("/v1/offerings?gpu=L4&provider=south&nodes=5");
        // Then
        assertThat(page.path("items").path(0).path("forNodes"))
                .hasToString(
                        "{\"nodes\":5,\"pricePerNode\":{\"amount\":\"0.21\",\"currency\":\"USD\",\"per\":\"hour\"},"
                                + "\"pricePerHour\":{\"amount\":\"1.050000\",\"currency\":\"USD\",\"per\":\"hour\"},\"monthHours\":730,"
                                + "\"pricePerMonth\":{\"amount\":\"766.500000\",\"currency\":\"USD\"}}");
        assertThat(api.get("/v1/offerings").path("items").path(0).has("forNodes"))
                .isFalse();
        assertThat(api.etag("/v1/offerings?provider=south&nodes=5"))
                .isNotEqualTo(api.etag("/v1/offerings?provider=south&nodes=6"));
    }

    @Test
    void ranksByTheCostScoreOfTheFormerTools() {
        // When
        var ranking = api.get("/v1/rankings?metric=cpu+mem&wMem=2&provider=south");
        // Then
        assertThat(PricingApi.ids(ranking)).containsExactly(CPU_SOUTH.id(), L4_SOUTH.id());
        assertThat(ranking.path("items").path(0).path("score").asString()).isEqualTo("0.001389");
        assertThat(ranking.path("goesBy"))
                .hasToString("{\"metric\":\"cpu+mem\",\"wCpu\":\"1.0\",\"wMem\":\"2\",\"wGpu\":\"0\"}");
        assertThat(ranking.path("leftOut").path("count").asInt()).isZero();
        assertThat(ranking.path("sources")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metric=best                          | query:metric
            metric=cpu-only&wGpu=4               | query:wGpu
            metric=custom&wCpu=1                 | query:wMem
            metric=custom&wCpu=0&wMem=0&wGpu=0   | query:wCpu
            wCpu=-1                              | query:wCpu
            wCpu=NaN                             | query:wCpu
            wMem=1e9                             | query:wMem
            sort=price                           | query:sort
            """)
    void namesTheParameterOfARankingThatIsNotValid(String query, String pointer) {
        // When
        var problem = api.problem("/v1/rankings?" + query);
        // Then
        assertThat(problem.path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void takesTheClassesOfMachinesAsAListWithCommas() {
        assertThat(api.ids("/v1/offerings?machineClass=l4,cpu"))
                .containsExactly(CPU_SOUTH.id(), L4_SOUTH.id(), L4_NORTH.id());
        assertThat(api.ids("/v1/offerings?machineClass=l4&machineClass=cpu&maxPricePerGpu=0.25"))
                .containsExactly(L4_SOUTH.id());
    }

    @Test
    void pagesThroughAllOfThemWithATokenThatBelongsToTheFilter() {
        // Given
        var first = api.get("/v1/offerings?pageSize=3");
        var token = first.path("nextPageToken").asString();
        // When
        var second = api.get("/v1/offerings?pageSize=3&pageToken=" + token);
        // Then
        assertThat(PricingApi.ids(first)).containsExactly(CPU_SOUTH.id(), L4_SOUTH.id(), L4_NORTH.id());
        assertThat(PricingApi.ids(second)).containsExactly(H100_NORTH.id());
        assertThat(api.problem("/v1/offerings?gpu=L4&pageToken=" + token)
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asString())
                .isEqualTo("OTHER_QUESTION");
    }

    @Test
    void answersNotModifiedUntilSomethingChanged() {
        // Given
        var uri = "/v1/offerings?provider=north";
        // When
        var statuses = IntStream.range(0, 40)
                .mapToObj(i -> api.statusUnless(uri, api.etag(uri)))
                .toList();
        north.sells(offering("north", "l4").gpu("L4", 1).at("0.31"), H100_NORTH);
        var old = api.etag(uri);
        // Then
        assertThat(statuses).contains(HttpStatus.NOT_MODIFIED.value());
        await().atMost(SOON).until(() -> api.statusUnless(uri, old) == HttpStatus.OK.value());
    }

    @Test
    void answersNotModifiedForASingleOffering() {
        // Given
        var uri = "/v1/offerings/" + H100_NORTH.id();
        // When
        var answer = api.exchange(uri);
        // Then
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getResponseHeaders().getCacheControl())
                .contains("private")
                .contains("max-age=5");
        assertThat(answer.getResponseHeaders().getETag()).startsWith("W/\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gpuCount=-1                  | query:gpuCount
            gpuCount=many                | query:gpuCount
            minVcpu=-4                   | query:minVcpu
            minVcpu=99999999999          | query:minVcpu
            minMemoryMiB=1.5             | query:minMemoryMiB
            maxPricePerHour=-0.1         | query:maxPricePerHour
            maxPricePerHour=0            | query:maxPricePerHour
            maxPricePerHour=NaN          | query:maxPricePerHour
            maxPricePerHour=0.1234567    | query:maxPricePerHour
            maxPricePerHour=1e13         | query:maxPricePerHour
            capacityType=FREE            | query:capacityType
            sort=name                    | query:sort
            pageSize=0                   | query:pageSize
            pageSize=-1                  | query:pageSize
            pageToken=garbage            | query:pageToken
            gpu=%3Cscript%3E             | query:gpu
            colour=red                   | query:colour
            minVcpu=8&maxVcpu=4          | query:minVcpu
            maxVcpu=0                    | query:maxVcpu
            gpuCount=0&gpu=L4            | query:gpu
            gpuCount=0&sort=pricePerGpu  | query:sort
            gpuCount=0&maxPricePerGpu=1  | query:maxPricePerGpu
            maxPricePerGpu=0             | query:maxPricePerGpu
            maxPricePerGpu=-1            | query:maxPricePerGpu
            generation=two               | query:generation
            generation=-1                | query:generation
            machineClass=%22             | query:machineClass
            minAvailability=SOME         | query:minAvailability
            minConfidence=SURE           | query:minConfidence
            nodes=0                      | query:nodes
            nodes=10001                  | query:nodes
            """)
    void namesTheParameterThatIsNotValid(String query, String pointer) {
        // When
        var problem = api.problem("/v1/offerings?" + query);
        // Then
        assertThat(problem.path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.path("errors").path(0).path("pointer").asString()).startsWith(pointer);
    }

    @Test
    void remembersWhatAnOfferingCostAndAnnouncesTheChange(KafkaServer kafka) {
        // Given
        var dearer = offering("north", "l4").gpu("L4", 1).at("0.45");
        // When
        north.sells(dearer, H100_NORTH);
        await().atMost(SOON).until(() -> price(L4_NORTH.id()).equals("0.45"));
        // Then
        var history = api.get("/v1/offerings/" + L4_NORTH.id() + "/history?pageSize=1");
        assertThat(history.path("offeringId").asString()).isEqualTo(L4_NORTH.id());
        assertThat(history.path("items").path(0).path("price").path("amount").asString())
                .isEqualTo("0.450000");
        assertThat(history.path("nextPageToken").isNull()).isFalse();
        var topic = new OfferingsTopic(kafka, codec);
        await().atMost(SOON)
                .until(() -> topic.eventsOf(L4_NORTH.id()).stream().anyMatch(event -> tells(event, dearer)));
        // An event may arrive twice, as the same event; no two share a number, and none is missing.
        var numbers = topic.eventsOf(L4_NORTH.id()).stream()
                .collect(Collectors.toMap(Event::id, Event::sequence, (first, again) -> first, LinkedHashMap::new));
        assertThat(List.copyOf(numbers.values()))
                .isEqualTo(IntStream.rangeClosed(1, numbers.size())
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @Test
    void keepsTheHistoryOfWhatIsNoLongerForSale(KafkaServer kafka) {
        // Given
        north.sells(L4_NORTH);
        // When
        await().atMost(SOON).until(() -> api.status("/v1/offerings/" + H100_NORTH.id()) == 404);
        // Then
        var newest = api.get("/v1/offerings/" + H100_NORTH.id() + "/history")
                .path("items")
                .path(0);
        assertThat(newest.path("forSale").asBoolean()).isFalse();
        await().atMost(SOON)
                .until(() -> new OfferingsTopic(kafka, codec)
                        .eventsOf(H100_NORTH.id()).stream()
                                .anyMatch(event -> event.data() instanceof OfferingWithdrawn));
    }

    @Test
    void keepsTheLastGoodPricesOfAMarketThatHangsAndNamesItWithItsAge() {
        // Given
        south.hangs();
        // When
        await().atMost(SOON).until(() -> api.sources().get("south").equals("no answer within PT0.5S"));
        // Then
        var page = api.get("/v1/offerings?gpu=L4");
        assertThat(PricingApi.ids(page)).containsExactly(L4_SOUTH.id(), L4_NORTH.id());
        assertThat(api.sources()).containsEntry("north", "");
        await().atMost(SOON)
                .until(() -> api.get("/v1/offerings?provider=south")
                        .path("items")
                        .path(0)
                        .path("stale")
                        .asBoolean());
    }

    @Test
    void showsHowEachMarketIsDoing() {
        // Given
        south.fails("503 Service Unavailable");
        await().atMost(SOON).until(() -> !api.sources().get("south").isEmpty());
        // When
        var markets = api.get("/v1/markets").path("items");
        // Then
        assertThat(markets.path(0).path("provider").asString()).isEqualTo("north");
        assertThat(markets.path(0).path("offerings").asInt()).isEqualTo(2);
        assertThat(markets.path(0).path("error").isNull()).isTrue();
        assertThat(markets.path(0).path("durationMs").isIntegralNumber()).isTrue();
        assertThat(markets.path(1).path("error").asString()).contains("503 Service Unavailable");
        assertThat(markets.path(1).path("consecutiveFailures").asInt()).isPositive();
    }

    @Test
    void showsAMarketInDetailWithWhatWasLeftOut() {
        // Given
        north.sells(
                L4_NORTH,
                offering("north", "h100").gpu("H100-SXM", 8).at("0"),
                offering("north", "x").gpu("X9", 1).at("1"));
        await().atMost(SOON)
                .until(() -> api.get("/v1/markets/north").path("inDoubt").asInt() == 1);
        // When
        var market = api.get("/v1/markets/north");
        // Then
        assertThat(market.path("provider").asString()).isEqualTo("north");
        assertThat(market.path("rejectedSamples").path(0).path("reason").asString())
                .isEqualTo("ZERO_PRICE");
        assertThat(market.path("rejectedSamples").path(0).path("row").asString())
                .startsWith(H100_NORTH.id());
        assertThat(market.path("inDoubtLongest").path(0).path("offeringId").asString())
                .isEqualTo(H100_NORTH.id());
        assertThat(market.path("unknownGpus").path("X9").asInt()).isEqualTo(1);
        assertThat(market.path("rhythm").path("every").asString()).isEqualTo("PT2S");
        var kept = api.get("/v1/offerings/" + H100_NORTH.id());
        assertThat(kept.path("stale").asBoolean()).isTrue();
        assertThat(kept.path("billedPrice").path("amount").asString()).isEqualTo("16.00");
        assertThat(api.get("/v1/offerings/" + L4_NORTH.id()).path("stale").asBoolean())
                .isFalse();
        assertThat(api.status("/v1/markets/nowhere")).isEqualTo(404);
    }

    @Test
    void collectsAMarketAtOnceForThoseWhoMayForceIt() {
        // When
        await().atMost(SOON)
                .until(() -> api.refresh("north", tokens.operatorOf("acme")).getStatus() == HttpStatus.ACCEPTED);
        await().atMost(SOON)
                .until(() ->
                        api.refresh("south", tokens.operatorOf("acme")).getStatus() == HttpStatus.TOO_MANY_REQUESTS);
        var tooSoon = api.refresh("south", tokens.operatorOf("acme"));
        // Then
        assertThat(tooSoon.getResponseHeaders().getFirst("Retry-After")).isNotNull();
        assertThat(api.refresh("north", tokens.viewerOf("acme")).getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(api.refresh("nowhere", tokens.operatorOf("acme")).getStatus())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void joinsTheRoundOfAMarketThatHangs() {
        // Given
        north.hangs();
        // When / Then
        await().atMost(SOON)
                .until(() -> PricingApi.text(api.refresh("north", tokens.operatorOf("acme")))
                        .contains("\"state\":\"JOINED\""));
    }

    @Test
    void leavesABadRowOutAndKeepsTheRest() {
        // Given
        north.sells(L4_NORTH, H100_NORTH, offering("north", "free").at("0"));
        // When
        await().atMost(SOON)
                .until(() -> api.get("/v1/markets")
                                .path("items")
                                .path(0)
                                .path("rejected")
                                .path("ZERO_PRICE")
                                .asInt()
                        == 1);
        // Then
        assertThat(api.ids("/v1/offerings?provider=north")).containsExactly(L4_NORTH.id(), H100_NORTH.id());
    }

    @Test
    void knowsNothingOfIdsThatWereNeverForSale() {
        assertThat(api.status("/v1/offerings/north:nowhere")).isEqualTo(404);
        assertThat(api.status("/v1/offerings/north:nowhere/history")).isEqualTo(404);
        assertThat(api.status("/v1/offerings/" + L4_NORTH.id() + "/history?from=yesterday"))
                .isEqualTo(400);
        assertThat(api.status("/v1/offerings/" + L4_NORTH.id()
                        + "/history?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"))
                .isEqualTo(400);
    }

    @Test
    void wantsAToken() {
        api.anonymous().get().uri("/v1/offerings").exchange().expectStatus().isUnauthorized();
        api.anonymous().get().uri("/v1/markets").exchange().expectStatus().isUnauthorized();
        api.anonymous()
                .get()
                .uri("/v1/offerings/x/history")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void isReadyAndShowsItsMeasures() {
        api.anonymous()
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk();
        var metrics = api.anonymous()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(metrics)
                .contains("spotplane_price_age_seconds{")
                .contains("spotplane_price_updates_total{")
                .contains("spotplane_market_sweep_seconds_count{")
                .contains("spotplane_offering_query_seconds_count");
    }

    @Test
    void describesItsInterface() {
        // When
        var description = api.anonymous()
                .get()
                .uri("/v3/api-docs")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        // Then
        var paths = PricingApi.read(description).path("paths");
        assertThat(paths.propertyNames())
                .contains("/v1/offerings", "/v1/offerings/{id}", "/v1/offerings/{id}/history", "/v1/markets")
                .contains("/v1/rankings", "/v1/markets/{provider}", "/v1/markets/{provider}:refresh");
        assertThat(paths.path("/v1/offerings").path("get").path("parameters"))
                .extracting(parameter -> parameter.path("name").asString())
                .contains("gpu", "gpuCount", "minGpuMemoryGiB", "minVcpu", "minMemoryMiB", "region", "provider")
                .contains("capacityType", "maxPricePerHour", "sort", "pageSize", "pageToken")
                .contains("maxVcpu", "machineClass", "generation", "maxPricePerGpu", "nodes");
    }

    @Test
    void describesEachParameterWithItsTypeAndAnExample() {
        // When
        var description = api.anonymous()
                .get()
                .uri("/v3/api-docs")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        // Then
        var count = PricingApi.read(description)
                .path("paths")
                .path("/v1/offerings")
                .path("get")
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asString().equals("gpuCount"))
                .findFirst()
                .orElseThrow();
        assertThat(count.path("in").asString()).isEqualTo("query");
        assertThat(count.path("required").asBoolean()).isFalse();
        assertThat(count.path("description").asString()).isNotBlank();
        assertThat(count.path("schema").path("type").asString())
                .as(count.toString())
                .isEqualTo("integer");
    }

    private static boolean tells(Event<?> event, Offering offering) {
        return event.data() instanceof OfferingRepriced repriced
                && repriced.offering().price().equals(offering.price())
                && repriced.previousPrice() != null;
    }

    private String price(String id) {
        return api.get("/v1/offerings/" + id).path("price").path("amount").asString();
    }
}
