package io.spotplane.providers.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ProviderHttpTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void anOrderWhoseConnectionIsCutGoesOutOnce() throws IOException {
        // Given
        try (var server = serve("")) {
            // When
            var answer = post(server.getLocalPort());
            // Then
            StepVerifier.create(answer)
                    .verifyErrorSatisfies(
                            cut -> assertThat(Transport.neverSent(cut)).isFalse());
            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws IOException {
        // Given
        try (var server =
                serve("HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\nContent-Length: 0\r\n\r\n")) {
            // When
            var answer = post(server.getLocalPort()).block(Duration.ofSeconds(10));
            // Then
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.isSuccess()).isFalse();
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void aFailureIsReadWithItsBodyAndItsPatience() throws IOException {
        // Given
        try (var server = serve(
                "HTTP/1.1 429 Slow Down\r\nRetry-After: 7\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")) {
            // When
            var answer = post(server.getLocalPort()).block(Duration.ofSeconds(10));
            // Then
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body()).isEqualTo("<html>");
            assertThat(answer.retryAfter(NOW)).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void noConnectionMeansThatNothingWasSent() throws IOException {
        // Given
        int port;
        try (var server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        // When
        var answer = post(port);
        // Then
        StepVerifier.create(answer)
                .verifyErrorSatisfies(
                        refused -> assertThat(Transport.neverSent(refused)).isTrue());
    }

    @Test
    void doubtIsNotProof() {
        assertThat(Transport.neverSent(new IOException("Connection reset by peer")))
                .isFalse();
        assertThat(Transport.neverSent(new IllegalStateException(new ConnectException("refused"))))
                .isTrue();
    }

    @Test
    void retryAfterMayBeADateAndMayBeNonsense() {
        assertThat(patience("Sat, 21 Nov 2026 10:00:30 GMT")).isEqualTo(Duration.ofSeconds(30));
        assertThat(patience("Sat, 21 Nov 2026 09:00:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(patience("soon")).isNull();
        assertThat(patience("-5")).isNull();
        assertThat(new HttpAnswer(200, new HttpHeaders(), "").retryAfter(NOW)).isNull();
    }

    private static Duration patience(String header) {
        var headers = new HttpHeaders();
        headers.add(HttpHeaders.RETRY_AFTER, header);
        return new HttpAnswer(429, headers, "").retryAfter(NOW);
    }

    private static Mono<HttpAnswer> post(int port) {
        return new ProviderHttp(WebClient.builder())
                .client("test", URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(5))
                .post()
                .uri("/order")
                .bodyValue("one machine")
                .exchangeToMono(HttpAnswer::read);
    }

    /** Reads requests, answers each with {@code answer} (nothing when empty), and cuts the connection. */
    private ServerSocket serve(String answer) throws IOException {
        var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    var read = socket.getInputStream().read(new byte[8192]);
                    requests.addAndGet(read > 0 ? 1 : 0);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    // Without an answer the cut is a reset, which clients like to take for an invitation to repeat.
                    socket.setSoLinger(answer.isEmpty(), 0);
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return server;
    }
}
