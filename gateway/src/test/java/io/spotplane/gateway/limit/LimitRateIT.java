package io.spotplane.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.gateway.FakeService;
import io.spotplane.gateway.Gateway;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import redis.embedded.RedisServer;

/** Limits with a Redis of this test's own, which dies half-way; hence the order. */
@SpringBootTest(
        classes = Gateway.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spotplane.gateway.limit.rates.read.requests=5",
            "spotplane.gateway.limit.rates.read.per=1h"
        })
@LocalIssuer
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LimitRateIT {

    private static final FakeService PRICING = FakeService.named("pricing");
    private static final RedisServer REDIS = startRedis();

    @Autowired
    TestTokens tokens;

    @Autowired
    MeterRegistry meters;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        registry.add("spotplane.gateway.pricing", PRICING::uri);
        registry.add("spring.data.redis.host", () -> "127.0.0.1");
        registry.add("spring.data.redis.port", () -> REDIS.ports().getFirst());
    }

    @BeforeEach
    void forget() {
        PRICING.reset();
    }

    @AfterAll
    static void close() throws IOException {
        PRICING.close();
        REDIS.stop();
    }

    @Test
    @Order(1)
    void refusesWhatIsAboveTheRateBeforeTheServiceHearsOfIt() {
        // Given
        var client = clientOf("greedy");
        assertThat(statuses(client, 5)).containsOnly(200);
        // When
        client.get()
                .uri("/v1/offerings")
                .exchange()
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals("RateLimit-Policy", "\"read\";q=5;w=3600")
                .expectHeader()
                .value("RateLimit", value -> assertThat(value).startsWith("\"read\";r=0;t="))
                .expectHeader()
                .value(
                        "Retry-After",
                        value -> assertThat(Integer.parseInt(value)).isBetween(600, 720))
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("RATE_LIMITED");
        // Then
        assertThat(PRICING.seen()).hasSize(5);
        assertThat(counted("redis")).isEqualTo(6);
    }

    @Test
    @Order(2)
    void oneTenantsGreedIsNotAnothersLoss() {
        assertThat(statuses(clientOf("modest"), 1)).containsOnly(200);
    }

    @Test
    @Order(3)
    void withoutRedisItAnswersInTimeAndStillLimits() throws IOException {
        // Given
        var client = clientOf("survivor");
        assertThat(statuses(client, 1)).containsOnly(200);
        // When
        REDIS.stop();
        var started = System.nanoTime();
        var statuses = statuses(client, 20);
        var took = Duration.ofNanos(System.nanoTime() - started);
        // Then
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(5);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(15);
        assertThat(counted("local")).isEqualTo(20);
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    private double counted(String backend) {
        return meters.find("spotplane.ratelimit.decisions").tag("backend", backend).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static java.util.List<Integer> statuses(WebTestClient client, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> client.get()
                        .uri("/v1/offerings")
                        .exchange()
                        .returnResult(Void.class)
                        .getStatus()
                        .value())
                .toList();
    }

    private WebTestClient clientOf(String tenant) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeaders(tokens.operatorOf(tenant))
                .build();
    }

    private static RedisServer startRedis() {
        try (var socket = new ServerSocket(0)) {
            var free = socket.getLocalPort();
            socket.close();
            var server =
                    RedisServer.newRedisServer().port(free).setting("save \"\"").build();
            server.start();
            return server;
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
