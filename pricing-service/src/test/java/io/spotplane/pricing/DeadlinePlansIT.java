package io.spotplane.pricing;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Traces, plans with a deadline, decisions and simulations, as their users meet them: HTTP, real PostgreSQL, a market that sells. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.pricing.markets.north.every=1s",
            "spotplane.pricing.markets.north.timeout=500ms",
            "spotplane.pricing.markets.north.stale-after=10s"
        })
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class DeadlinePlansIT {

    private static final Offering SPOT =
            offering("north", "p3").gpu("V100", 1).available(Availability.HIGH).at("1.02");
    private static final Offering ON_DEMAND =
            offering("north", "p3").gpu("V100", 1).onDemand().at("3.06");

    @TestConfiguration(proxyBeanMethods = false)
    static class Markets {

        @Bean
        FakeMarket north() {
            return new FakeMarket("north").sells(SPOT, ON_DEMAND);
        }
    }

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    private WebTestClient client;

    @BeforeEach
    void connect() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
                .build();
        var api = new PricingApi(port, tokens);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.ids("/v1/offerings").contains(SPOT.id()));
    }

    @Test
    void keepsATraceForTheTenantThatBroughtItAndForNobodyElse() {
        // When
        var id = trace("acme", "us-west-2a", 40);
        // Then
        var read = body(get("acme", "/v1/traces/" + id), 200);
        assertThat(read.path("name").asString()).isEqualTo("us-west-2a");
        assertThat(read.path("ticks").asInt()).isEqualTo(2_000);
        assertThat(read.path("turns").asInt()).isEqualTo(49);
        assertThat(read.path("runs").path(0)).hasToString("{\"nodes\":1,\"ticks\":40}");
        assertThat(body(get("acme", "/v1/traces"), 200)
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("id").asString()))
                .contains(id);
        assertThat(get("other", "/v1/traces/" + id).getStatus().value()).isEqualTo(404);
        assertThat(delete("other", "/v1/traces/" + id)).isEqualTo(404);
        assertThat(delete("acme", "/v1/traces/" + id)).isEqualTo(204);
        assertThat(get("acme", "/v1/traces/" + id).getStatus().value()).isEqualTo(404);
    }

    @Test
    void plansOnALearntPoolAndDecidesForItsFollower() {
        // Given
        var wish = """
                {"work":"PT20H","within":"PT26H","startUp":"PT12M",
                 "pools":[{"name":"west","spotPrice":{"amount":"1.02","currency":"USD"},"traceId":"%s"}],
                 "onDemandPrice":{"amount":"3.06","currency":"USD"},"budget":{"amount":"40.00","currency":"USD"}}""".formatted(trace("acme", "west", 40));
        // When
        var plan = body(post("acme", "/v1/plans/deadline", wish), 201);
        // Then
        assertThat(plan.path("method").asString()).isEqualTo("EXACT");
        assertThat(plan.path("first").path("action").asString()).isEqualTo("IDLE");
        var cost = plan.path("cost");
        assertThat(amount(cost, "least"))
                .isLessThanOrEqualTo(amount(cost, "p10"))
                .isEqualByComparingTo("20.604");
        assertThat(amount(cost, "p10")).isLessThanOrEqualTo(amount(cost, "p90"));
        assertThat(amount(cost, "expected")).isLessThan(amount(cost, "onDemandOnly"));
        assertThat(cost.path("withinBudgetProbability").isNumber()).isTrue();
        assertThat(plan.path("pools").path(0).path("turns").asInt()).isEqualTo(49);
        assertThat(plan.path("guide")).hasSize(8);
        var id = plan.path("id").asString();
        assertThat(body(get("acme", "/v1/plans/deadline/" + id), 200)).isEqualTo(plan);
        assertThat(get("other", "/v1/plans/deadline/" + id).getStatus().value()).isEqualTo(404);

        var up = decide(id, "PT20H", "IDLE", true);
        assertThat(up.path("action").asString()).isEqualTo("SPOT");
        assertThat(up.path("pool").asString()).isEqualTo("west");
        assertThat(up.path("starts").asBoolean()).isTrue();
        assertThat(decide(id, "PT19H", "SPOT", false).path("action").asString()).isEqualTo("IDLE");
        assertThat(decide(id, "PT0S", "SPOT", true).path("state").asString()).isEqualTo("DONE");
    }

    @Test
    void ordersOnDemandAtOnceWhenNothingElseIsSureToFinish() {
        // Given
        var wish = """
                {"work":"PT20H","within":"PT20H15M","startUp":"PT12M",
                 "pools":[{"name":"west","spotPrice":{"amount":"1.02","currency":"USD"},"traceId":"%s"}],
                 "onDemandPrice":{"amount":"3.06","currency":"USD"}}""".formatted(trace("acme", "tight", 40));
        // When
        var plan = body(post("acme", "/v1/plans/deadline", wish), 201);
        // Then
        assertThat(plan.path("first").path("action").asString()).isEqualTo("ON_DEMAND");
        assertThat(plan.path("first").path("state").asString()).isEqualTo("LAST_CHANCE");
    }

    @Test
    void findsOfferingsByWhatIsWantedAndSaysThatTooLittleIsKnownOfThem() {
        // When
        var plan = body(
                post(
                        "acme",
                        "/v1/plans/deadline",
                        "{\"work\":\"PT2H\",\"within\":\"PT4H\",\"startUp\":\"PT5M\",\"find\":{\"gpu\":\"V100\",\"gpuCount\":1}}"),
                201);
        // Then
        assertThat(plan.path("method").asString()).isEqualTo("UNIFORM_PROGRESS");
        assertThat(plan.path("first").path("offeringId").asString()).isEqualTo(SPOT.id());
        assertThat(plan.path("onDemandOfferingId").asString()).isEqualTo(ON_DEMAND.id());
        assertThat(plan.path("cost").path("expected").isNull()).isTrue();
        assertThat(amount(plan.path("cost"), "most")).isEqualByComparingTo("12.24");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /within           | INFEASIBLE    | {"work":"PT20H","within":"PT20H","startUp":"PT12M","pools":[POOL],"onDemandPrice":OD}
            /work             | OUT_OF_RANGE  | {"work":"-PT20H","within":"PT20H","startUp":"PT12M","pools":[POOL],"onDemandPrice":OD}
            /deadline         | OUT_OF_RANGE  | {"work":"PT20H","deadline":"2001-01-01T00:00:00Z","startUp":"PT12M","pools":[POOL],"onDemandPrice":OD}
            /deadline         | REQUIRED      | {"work":"PT20H","startUp":"PT12M","pools":[POOL],"onDemandPrice":OD}
            /work             | REQUIRED      | {"within":"PT20H","startUp":"PT12M","pools":[POOL],"onDemandPrice":OD}
            /onDemandPrice    | REQUIRED      | {"work":"PT2H","within":"PT20H","startUp":"PT12M","pools":[POOL]}
            /pools            | REQUIRED      | {"work":"PT2H","within":"PT20H","startUp":"PT12M","pools":[],"onDemandPrice":OD}
            /pools/1          | DUPLICATE     | {"work":"PT2H","within":"PT20H","startUp":"PT12M","pools":[POOL,POOL],"onDemandPrice":OD}
            /pools/0/traceId  | NOT_FOUND     | {"work":"PT2H","within":"PT20H","startUp":"PT12M","pools":[{"name":"a","spotPrice":SP,"traceId":"6e3f2f0e-5c1b-4f6d-9f0e-0d6f1f9c7a11"}],"onDemandPrice":OD}
            /pools/0/spotPrice| OTHER_CURRENCY| {"work":"PT2H","within":"PT20H","startUp":"PT12M","pools":[POOL],"onDemandPrice":{"amount":"3","currency":"EUR"}}
            /pools/0/offeringId | NOT_FOUND   | {"work":"PT2H","within":"PT20H","startUp":"PT12M","pools":[{"offeringId":"nobody:x"}],"onDemandPrice":OD}
            /budget           | INFEASIBLE    | {"work":"PT20H","within":"PT30H","startUp":"PT12M","pools":[POOL],"onDemandPrice":OD,"budget":{"amount":"1.00","currency":"USD"}}
            /find             | NOTHING_FOUND | {"work":"PT2H","within":"PT20H","startUp":"PT12M","find":{"gpu":"H100","gpuCount":8}}
            /onDemandPrice/amount | INVALID_VALUE | {"work":"PT2H","within":"PT20H","startUp":"PT12M","pools":[POOL],"onDemandPrice":{"amount":"-3","currency":"USD"}}
            /surprise         | UNKNOWN_FIELD | {"surprise":1}
            """)
    void namesTheFieldThatIsWrong(String pointer, String code, String wish) {
        // When
        var problem = body(
                post(
                        "acme",
                        "/v1/plans/deadline",
                        wish.replace("POOL", "{\"name\":\"a\",\"spotPrice\":SP}")
                                .replace("SP", "{\"amount\":\"1.02\",\"currency\":\"USD\"}")
                                .replace("OD", "{\"amount\":\"3.06\",\"currency\":\"USD\"}")),
                400);
        // Then
        assertThat(problem.path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").asString() + " "
                                + error.path("code").asString()))
                .as(problem.toString())
                .anyMatch(error -> error.startsWith(pointer) || pointer.startsWith(error.split(" ")[0]));
        assertThat(problem.toString()).contains(code);
    }

    @Test
    void replaysPoliciesByTheRulesOfLiveDecisionsAndDrawsThem() {
        // Given
        var wish = """
                {"pools":[{"traceId":"%s","spotPrice":{"amount":"1.02","currency":"USD"}}],
                 "onDemandPrice":{"amount":"3.06","currency":"USD"},"work":"PT20H","within":"PT26H","startUp":"PT12M","windows":8}""".formatted(trace("acme", "replayed", 40));
        // When
        var answer = body(post("acme", "/v1/simulations", wish), 200);
        // Then
        var policies = answer.path("policies");
        assertThat(policies.valueStream().map(each -> each.path("policy").asString()))
                .containsExactly("ON_DEMAND", "GREEDY", "UNIFORM_PROGRESS", "EXACT", "CLAIRVOYANT");
        assertThat(policies.valueStream()
                        .map(each -> each.path("deadlinesMissed").asInt()))
                .containsOnly(0);
        assertThat(policies.path(4).path("ofClairvoyant").asDouble()).isEqualTo(1.0);
        assertThat(policies.path(3).path("ofClairvoyant").asDouble()).isBetween(1.0, 1.2);
        assertThat(answer.path("runs")).hasSize(8);
        assertThat(answer.path("runs").path(0).path("timelines")).hasSize(5);
        assertThat(body(post("acme", "/v1/simulations", wish), 200)).isEqualTo(answer);
        assertThat(post("other", "/v1/simulations", wish).getStatus().value()).isEqualTo(400);

        var picture = picture(wish);
        assertThat(picture).startsWith("<svg").contains("clairvoyant", "deadline");
    }

    @Test
    void refusesASimulationThatWouldTakeTooLong() {
        // Given
        var wish = """
                {"pools":[{"traceId":"%s","spotPrice":{"amount":"1.02","currency":"USD"}}],
                 "onDemandPrice":{"amount":"3.06","currency":"USD"},"work":"PT48H","within":"PT90H","startUp":"PT12M","windows":100}""".formatted(trace("acme", "long", 40));
        // When
        var problem = body(post("acme", "/v1/simulations", wish), 400);
        // Then
        assertThat(problem.path("errors").path(0).path("code").asString()).isEqualTo("TOO_MUCH");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /name                 | {"name":"","metadata":{"gap_seconds":60},"data":[1,0]}
            /metadata/gap_seconds | {"name":"a","metadata":{"gap_seconds":0},"data":[1,0]}
            /metadata/gap_seconds | {"name":"a","data":[1,0]}
            /data                 | {"name":"a","metadata":{"gap_seconds":60}}
            /data                 | {"name":"a","metadata":{"gap_seconds":60},"data":[1,-1]}
            /data                 | {"name":"a","metadata":{"gap_seconds":60},"data":[1]}
            /data/0               | {"name":"a","metadata":{"gap_seconds":60},"data":[1.5]}
            /runs                 | {"name":"a","metadata":{"gap_seconds":60},"runs":[{"nodes":1,"ticks":2000000000}]}
            /runs/0/ticks         | {"name":"a","metadata":{"gap_seconds":60},"runs":[{"nodes":1,"ticks":0}]}
            /source               | {"name":"a","source":"x","metadata":{"gap_seconds":60},"data":[1,0]}
            """)
    void refusesATraceThatIsNone(String pointer, String trace) {
        // When
        var problem = body(post("acme", "/v1/traces", trace), 400);
        // Then
        assertThat(problem.path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").asString()))
                .as(problem.toString())
                .contains(pointer);
    }

    @Test
    void letsViewersReadButNotWrite() {
        // When
        var answer = client.post()
                .uri("/v1/traces")
                .headers(tokens.viewerOf("acme"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"a\",\"metadata\":{\"gap_seconds\":60},\"data\":[1,0]}")
                .exchange()
                .expectBody()
                .returnResult();
        // Then
        assertThat(answer.getStatus().value()).isEqualTo(403);
        assertThat(get("acme", "/v1/traces").getStatus().value()).isEqualTo(200);
    }

    /** What people would see for a real pool, for looking at in {@code target}. */
    @Test
    void plansAndReplaysOnARealTrace() throws IOException {
        // Given
        var trace = realTrace();
        Assumptions.assumeTrue(trace.isPresent(), "the public spot traces are not here");
        var json = Files.readString(trace.get());
        var id = body(post("acme", "/v1/traces", "{\"name\":\"us-east-1c\"," + json.substring(1)), 201)
                .path("id")
                .asString();
        // When
        var plan = body(post("acme", "/v1/plans/deadline", """
                {"work":"PT48H","within":"PT60H","startUp":"PT12M","checkpointLoss":"PT5M",
                 "pools":[{"name":"us-east-1c","spotPrice":{"amount":"1.02","currency":"USD"},"traceId":"%s"}],
                 "onDemandPrice":{"amount":"3.06","currency":"USD"},"budget":{"amount":"100.00","currency":"USD"}}""".formatted(id)), 201);
        var wish = """
                {"pools":[{"traceId":"%s","spotPrice":{"amount":"1.02","currency":"USD"}}],
                 "onDemandPrice":{"amount":"3.06","currency":"USD"},"work":"PT48H","within":"PT60H","startUp":"PT12M","windows":5}""".formatted(id);
        var simulation = body(post("acme", "/v1/simulations", wish), 200);
        // Then
        assertThat(plan.path("method").asString()).isEqualTo("EXACT");
        assertThat(amount(plan.path("cost"), "expected")).isLessThan(amount(plan.path("cost"), "greedy"));
        assertThat(simulation.path("policies").path(3).path("deadlinesMissed").asInt())
                .isZero();
        Files.writeString(Path.of("target/deadline-plan.json"), plan.toPrettyString());
        Files.writeString(Path.of("target/deadline-simulation.json"), simulation.toPrettyString());
        Files.writeString(Path.of("target/deadline-simulation.svg"), picture(wish));
    }

    private static Optional<Path> realTrace() {
        var named = System.getProperty("spotplane.shared");
        var folders = named != null
                ? Stream.of(Path.of(named))
                : Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                        .map(folder -> folder.resolve("shared"));
        return folders.map(folder ->
                        folder.resolve("data/spot-traces/availability/1-node/aws-02-15-2023/us-east-1c_v100_1.json"))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** 2,000 samples of 5 minutes that turn every {@code every}, up at first. */
    private String trace(String tenant, String name, int every) {
        var samples = IntStream.range(0, 2_000)
                .mapToObj(at -> at / every % 2 == 0 ? "1" : "0")
                .collect(Collectors.joining(","));
        var brought = post(
                tenant,
                "/v1/traces",
                "{\"name\":\"" + name + "\",\"metadata\":{\"gap_seconds\":300},\"data\":[" + samples + "]}");
        return body(brought, 201).path("id").asString();
    }

    private JsonNode decide(String plan, String workLeft, String kind, boolean up) {
        var seen = """
                {"workLeft":"%s","holding":{"kind":"%s","pool":"west"},"pools":[{"name":"west","up":%s,"since":"%s"}]}""".formatted(workLeft, kind, up, Instant.now().minusSeconds(60));
        return body(post("acme", "/v1/plans/deadline/" + plan + ":decide", seen), 200);
    }

    private static BigDecimal amount(JsonNode money, String field) {
        return new BigDecimal(money.path(field).path("amount").asString());
    }

    private EntityExchangeResult<byte[]> post(String tenant, String uri, String body) {
        return client.post()
                .uri(uri)
                .headers(tokens.operatorOf(tenant))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult();
    }

    private String picture(String wish) {
        var drawn = client.post()
                .uri("/v1/simulations")
                .headers(tokens.operatorOf("acme"))
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.parseMediaType("image/svg+xml"))
                .bodyValue(wish)
                .exchange()
                .expectBody()
                .returnResult();
        assertThat(drawn.getStatus().value()).isEqualTo(200);
        return new String(Objects.requireNonNull(drawn.getResponseBody()), StandardCharsets.UTF_8);
    }

    private EntityExchangeResult<byte[]> get(String tenant, String uri) {
        return client.get()
                .uri(uri)
                .headers(tokens.viewerOf(tenant))
                .exchange()
                .expectBody()
                .returnResult();
    }

    private int delete(String tenant, String uri) {
        return client.delete()
                .uri(uri)
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    private static JsonNode body(EntityExchangeResult<byte[]> answer, int expected) {
        var text =
                new String(Objects.requireNonNullElse(answer.getResponseBody(), new byte[0]), StandardCharsets.UTF_8);
        assertThat(answer.getStatus().value()).as(text).isEqualTo(expected);
        return PricingApi.read(text);
    }
}
