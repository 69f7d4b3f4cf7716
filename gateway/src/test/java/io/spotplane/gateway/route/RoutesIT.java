package io.spotplane.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.gateway.FakeService;
import io.spotplane.gateway.Gateway;
import io.spotplane.testing.BackingService;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

/** The gateway between a client and four services that sometimes misbehave. */
@SpringBootTest(
        classes = Gateway.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spotplane.gateway.route.read-timeout=700ms",
            "spotplane.gateway.route.write-timeout=900ms",
            "spotplane.gateway.route.breaker.calls=8",
            "spotplane.gateway.route.breaker.pause=1s"
        })
@LocalIssuer
@Infrastructure(BackingService.REDIS)
class RoutesIT {

    private static final FakeService PRICING = FakeService.named("pricing");
    private static final FakeService PROVISIONING = FakeService.named("provisioning");
    private static final FakeService INVENTORY = FakeService.named("inventory");
    private static final FakeService NOTIFICATION = FakeService.named("notification");

    @Autowired
    TestTokens tokens;

    @Autowired
    MeterRegistry meters;

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    WebTestClient client;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        registry.add("spotplane.gateway.pricing", PRICING::uri);
        registry.add("spotplane.gateway.provisioning", PROVISIONING::uri);
        registry.add("spotplane.gateway.inventory", INVENTORY::uri);
        registry.add("spotplane.gateway.notification", NOTIFICATION::uri);
    }

    @BeforeEach
    void connect() {
        for (var service : new FakeService[] {PRICING, PROVISIONING, INVENTORY, NOTIFICATION}) {
            service.reset();
        }
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .defaultHeaders(tokens.operatorOf("acme"))
                .build();
    }

    @AfterAll
    static void close() {
        PRICING.close();
        PROVISIONING.close();
        INVENTORY.close();
        NOTIFICATION.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/offerings, pricing",
        "GET, /v1/offerings/aws:us-east-1:a:g6.xlarge:SPOT/history, pricing",
        "GET, /v1/markets, pricing",
        "POST, /v1/markets/aws:refresh, pricing",
        "POST, /v1/recommendations, pricing",
        "GET, /v1/risk/calibration, pricing",
        "DELETE, /v1/price-alerts/7, pricing",
        "POST, /v1/gpu-requests, provisioning",
        "DELETE, /v1/gpu-requests/01990000-0000-7000-8000-000000000000, provisioning",
        "GET, /v1/node-requests, provisioning",
        "GET, /v1/instances, provisioning",
        "POST, /v1/provider-events/aws, provisioning",
        "GET, /v1/hosts, inventory",
        "GET, /v1/gpu-types, inventory",
        "GET, /v1/aggregates/L4, inventory",
        "GET, /v1/agents, inventory",
        "POST, /v1/agents:refresh, inventory",
        "POST, /v1/subscriptions, notification",
        "POST, /v1/subscriptions/1:test, notification",
        "POST, /v1/deliveries/1:replay, notification",
        "PATCH, /v1/offerings, pricing"
    })
    void findsTheServiceBehindAPath(String method, String path, String service) {
        client.method(HttpMethod.valueOf(method))
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.service")
                .isEqualTo(service);
    }

    @Test
    void relaysTheTokenAndTheRequestIdAndNothingForged() {
        // When
        client.get()
                .uri("/v1/offerings")
                .header("X-Request-Id", "abc-1")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "for=10.0.0.1")
                .header("X-Tenant", "other")
                .header("baggage", "a=b")
                .header("Cookie", "a=b")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Request-Id", "abc-1");
        // Then
        var headers = PRICING.seen().getFirst().headers();
        assertThat(headers.get("Authorization")).startsWith("Bearer ");
        assertThat(headers.get("X-Request-Id")).isEqualTo("abc-1");
        assertThat(headers.get("traceparent")).isNotNull();
        assertThat(headers.names())
                .extracting(String::toLowerCase)
                .noneMatch(name -> name.startsWith("x-forwarded") || name.startsWith("forwarded"))
                .doesNotContain("x-tenant", "baggage", "cookie");
    }

    @Test
    void tellsBrowsersToDoNothingAndNobodyWhatRunsInside() {
        client.get()
                .uri("/v1/offerings")
                .exchange()
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
                .expectHeader()
                .valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader()
                .doesNotExist("Server")
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin")
                .expectHeader()
                .exists("RateLimit")
                .expectHeader()
                .exists("RateLimit-Policy");
    }

    @Test
    void letsNobodyInWithoutATokenExceptProvidersWhoseKeyTheServiceChecks() {
        var stranger =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
        stranger.get()
                .uri("/v1/offerings")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        stranger.post()
                .uri("/v1/provider-events/aws")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(PRICING.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/nothing",
                "/",
                "/actuator",
                "/actuator/health",
                "/actuator/gateway/routes",
                "/v3/api-docs",
                "/v1/agents:stop"
            })
    void knowsNoOtherPath(String path) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void probesAndMetricsHaveADoorOfTheirOwn() {
        var operator = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + managementPort)
                .build();
        operator.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk();
        operator.get().uri("/actuator/prometheus").exchange().expectStatus().isOk();
        operator.get()
                .uri("/actuator/gateway/routes")
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(401, 404));
    }

    @Test
    void aServiceThatHangsIsGivenUpInTime() {
        client.get()
                .uri("/v1/offerings/hang")
                .exchange()
                .expectStatus()
                .isEqualTo(504)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UPSTREAM_TIMEOUT");
    }

    @Test
    void aServiceThatCutsTheConnectionFailedAndAWriteIsNotSentTwice() {
        client.post()
                .uri("/v1/subscriptions/cut")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(502)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UPSTREAM_FAILED");
        assertThat(NOTIFICATION.seen()).hasSize(1);
    }

    @Test
    void anAnswerThatBreaksOffIsNeverPassedOnAsWhole() {
        var answer = client.get().uri("/v1/offerings/half").exchange().returnResult(byte[].class);
        if (answer.getStatus().is2xxSuccessful()) {
            assertThatThrownBy(() -> answer.getResponseBody().blockLast(Duration.ofSeconds(5)))
                    .isNotNull();
        } else {
            assertThat(answer.getStatus().value()).isEqualTo(502);
        }
    }

    @Test
    void passesOnWhatAServiceRefuses() {
        PROVISIONING.answerWith(409);
        client.post()
                .uri("/v1/gpu-requests")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.service")
                .isEqualTo("provisioning");
    }

    @Test
    void stopsAskingAFailingServiceAndAsksAgainAfterAPause() {
        // Given
        INVENTORY.answerWith(500);
        for (int i = 0; i < 8; i++) {
            client.get()
                    .uri("/v1/hosts")
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isIn(500, 503));
        }
        var asked = INVENTORY.seen().size();
        // When
        client.get()
                .uri("/v1/hosts")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAVAILABLE");
        // Then
        assertThat(INVENTORY.seen()).hasSize(asked);
        INVENTORY.answerWith(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        client.get().uri("/v1/hosts").exchange().expectStatus().isOk());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422, 429, 503})
    void refusalsNeverOpenABreaker(int status) {
        // Given
        NOTIFICATION.answerWith(status);
        for (int i = 0; i < 20; i++) {
            client.get().uri("/v1/subscriptions").exchange().expectStatus().isEqualTo(status);
        }
        // When
        NOTIFICATION.answerWith(200);
        // Then
        client.get().uri("/v1/subscriptions").exchange().expectStatus().isOk();
    }

    @Test
    void aStreamOutlivesEveryTimeout() {
        var events = client.get()
                .uri("/v1/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody()
                .take(2)
                .collectList()
                .block(Duration.ofSeconds(10));
        assertThat(events).containsExactly("one", "two");
    }

    @Test
    void stopsABodyThatIsTooLargeWhileItArrives() {
        var chunk = "x".repeat(100 * 1024).getBytes(StandardCharsets.UTF_8);
        Flux<DataBuffer> body = Flux.range(0, 3).map(i -> DefaultDataBufferFactory.sharedInstance.wrap(chunk));
        client.post()
                .uri("/v1/gpu-requests")
                .contentType(MediaType.APPLICATION_JSON)
                .body(BodyInserters.fromDataBuffers(body))
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(PROVISIONING.seen()).isEmpty();
    }

    @Test
    void describesTheWholeApiToEverybody() {
        WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .get()
                .uri("/v1/openapi.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths['/v1/pricing']")
                .exists()
                .jsonPath("$.paths['/v1/notification']")
                .exists()
                .jsonPath("$.info['x-missing-services']")
                .doesNotExist();
    }
}
