package io.spotplane.providers.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

class ConditionalGetTest {

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> validators = new HashMap<>();
    private volatile int status = 200;
    private HttpServer server;
    private ConditionalGet<StringBuilder> document;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var http = WebClient.create("http://127.0.0.1:" + server.getAddress().getPort());
        document = new ConditionalGet<>(http, "/feed", ConditionalGetTest::read);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestHeaders().getFirst("If-None-Match") + " "
                    + exchange.getRequestHeaders().getFirst("If-Modified-Since"));
            validators.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, status == 304 ? -1 : 2);
            if (status != 304) {
                exchange.getResponseBody().write("hi".getBytes());
            }
        }
    }

    private static Mono<StringBuilder> read(ClientResponse response) {
        return response.statusCode().is2xxSuccessful()
                ? response.bodyToMono(String.class).map(StringBuilder::new)
                : Mono.error(new IllegalStateException(
                        "HTTP " + response.statusCode().value()));
    }

    @Test
    void whatDidNotChangeIsTheSameObject() {
        // Given
        validators.put("ETag", "\"7\"");
        validators.put("Last-Modified", "Thu, 02 Apr 2026 10:00:00 GMT");
        var first = get();
        // When
        status = 304;
        // Then
        assertThat(get()).isSameAs(first);
        assertThat(asked).containsExactly("null null", "\"7\" Thu, 02 Apr 2026 10:00:00 GMT");
    }

    @Test
    void aFarSideWithoutValidatorsIsReadAnew() {
        // Given
        var first = get();
        // When / Then
        assertThat(get()).isNotSameAs(first);
        assertThat(asked).containsExactly("null null", "null null");
    }

    @Test
    void aFailureIsNotKeptAndLosesNothing() {
        // Given
        validators.put("ETag", "\"7\"");
        var first = get();
        status = 500;
        assertThatThrownBy(this::get).hasMessageContaining("HTTP 500");
        // When
        status = 304;
        // Then
        assertThat(get()).isSameAs(first);
    }

    @Test
    void anAnswerThatNobodyAskedForIsRead() {
        // Given
        status = 304;
        // When / Then
        assertThatThrownBy(this::get).hasMessageContaining("HTTP 304");
    }

    private StringBuilder get() {
        return document.get().block(Duration.ofSeconds(10));
    }
}
