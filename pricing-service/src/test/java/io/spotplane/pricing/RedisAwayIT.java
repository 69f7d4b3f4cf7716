package io.spotplane.pricing;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import redis.embedded.RedisServer;

/** Redis dies in mid-run and comes back empty. A Redis of its own, because others need theirs alive. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spotplane.pricing.markets.north.every=1s", "spotplane.pricing.shelf.poll=200ms"})
@Infrastructure({POSTGRES, KAFKA})
@LocalIssuer
class RedisAwayIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int REDIS_PORT = freePort();
    private static final Offering G6 = offering("north", "g6").gpu("L4", 1).at("0.30");
    private static final Offering DEARER = offering("north", "g6").gpu("L4", 1).at("0.45");

    private static RedisServer redis = started();

    @TestConfiguration(proxyBeanMethods = false)
    static class Markets {

        @Bean
        FakeMarket north() {
            return new FakeMarket("north").sells(G6);
        }
    }

    @DynamicPropertySource
    static void redis(DynamicPropertyRegistry properties) {
        properties.add("spring.data.redis.host", () -> "127.0.0.1");
        properties.add("spring.data.redis.port", () -> REDIS_PORT);
    }

    @AfterAll
    static void stop() throws IOException {
        redis.stop();
    }

    @Autowired
    TestTokens tokens;

    @Autowired
    FakeMarket north;

    @Autowired
    ReactiveStringRedisTemplate template;

    @LocalServerPort
    int port;

    @Test
    void answersFromMemoryMarkedStaleAndFillsAnEmptyRedisAgain() throws IOException {
        // Given
        var api = new PricingApi(port, tokens);
        await().atMost(SOON).until(() -> api.ids("/v1/offerings").contains(G6.id()) && !api.allStale());
        // When
        redis.stop();
        // Then
        await().atMost(SOON).until(api::allStale);
        assertThat(api.ids("/v1/offerings?gpu=L4")).containsExactly(G6.id());
        assertThat(api.sources()).containsEntry("north", "the shared shelves cannot be reached");
        assertThat(api.anonymous()
                        .get()
                        .uri("/actuator/health/readiness")
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getStatus()
                        .value())
                .isEqualTo(200);
        // And it goes on collecting
        north.sells(DEARER);
        await().atMost(SOON)
                .until(() -> api.get("/v1/offerings/" + G6.id())
                        .path("price")
                        .path("amount")
                        .asString()
                        .equals("0.45"));
        // When
        redis = started();
        // Then
        await().atMost(SOON).until(() -> !api.allStale());
        await().atMost(SOON)
                .until(() -> template.hasKey("spotplane:pricing:shelf:v2:{north}:segments")
                        .block());
    }

    private static RedisServer started() {
        try {
            var server = RedisServer.newRedisServer()
                    .port(REDIS_PORT)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
            return server;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
