package io.spotplane.gateway.route;

import io.spotplane.gateway.FakeService;
import io.spotplane.gateway.Gateway;
import io.spotplane.testing.BackingService;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Services that are not there at all. */
@SpringBootTest(
        classes = Gateway.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@LocalIssuer
@Infrastructure(BackingService.REDIS)
class AwayIT {

    private static final FakeService PRICING = FakeService.named("pricing");

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    WebTestClient client;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        registry.add("spotplane.gateway.pricing", PRICING::uri);
        for (var name : new String[] {"provisioning", "inventory", "notification"}) {
            registry.add("spotplane.gateway." + name, () -> "http://127.0.0.1:" + closedPort());
        }
    }

    @BeforeEach
    void connect() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeaders(tokens.operatorOf("acme"))
                .build();
    }

    @AfterAll
    static void close() {
        PRICING.close();
    }

    @Test
    void aServiceThatCannotBeReachedIsUnavailableForAWhile() {
        client.get()
                .uri("/v1/hosts")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAVAILABLE")
                .jsonPath("$.retryable")
                .isEqualTo(true);
        client.post()
                .uri("/v1/gpu-requests")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(503);
    }

    @Test
    void theDescriptionNamesWhoIsMissingAndStillDescribesTheRest() {
        client.get()
                .uri("/v1/openapi.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths['/v1/pricing']")
                .exists()
                .jsonPath("$.info['x-missing-services'].length()")
                .isEqualTo(3);
    }

    private static int closedPort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
