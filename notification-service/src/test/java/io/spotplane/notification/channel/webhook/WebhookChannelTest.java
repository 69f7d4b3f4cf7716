package io.spotplane.notification.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spotplane.notification.channel.AttemptOutcome;
import io.spotplane.notification.channel.Message;
import io.spotplane.notification.channel.SigningSecret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookChannelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private HttpServer receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::answer);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void only2xxIsSuccess() {
        assertThat(send("/204")).isEqualTo(new AttemptOutcome.Accepted(204));
        assertThat(send("/500")).isEqualTo(new AttemptOutcome.Refused(500, Optional.empty()));
        assertThat(send("/410")).isEqualTo(new AttemptOutcome.Gone());
    }

    @Test
    void doesNotFollowRedirects() {
        // When
        var outcome = send("/302");
        // Then
        assertThat(outcome).isEqualTo(new AttemptOutcome.Refused(302, Optional.empty()));
        assertThat(paths).containsExactly("/302");
    }

    @Test
    void hearsWhenToComeBack() {
        assertThat(send("/429")).isEqualTo(new AttemptOutcome.Refused(429, Optional.of(Duration.ofSeconds(33))));
        assertThat(send("/503")).isEqualTo(new AttemptOutcome.Refused(503, Optional.of(Duration.ofSeconds(33))));
    }

    @Test
    void doesNotReadAnEndlessAnswer() {
        // When
        var outcome = send("/endless");
        // Then
        assertThat(outcome).isEqualTo(new AttemptOutcome.Accepted(200));
        assertThat(written.get()).isLessThan(64L * 1024 * 1024);
    }

    @Test
    void givesUpWaiting() {
        assertThat(send("/silence")).isEqualTo(new AttemptOutcome.TimedOut(Duration.ofSeconds(1)));
    }

    @Test
    void saysThatNobodyIsThere() {
        // Given
        var port = receiver.getAddress().getPort();
        receiver.stop(0);
        // Then
        assertThat(send(channel(true), URI.create("http://127.0.0.1:" + port + "/")))
                .isInstanceOf(AttemptOutcome.Unreachable.class);
    }

    @Test
    void doesNotConnectToInternalAddressesByAddressOrByName() {
        // Given
        var port = receiver.getAddress().getPort();
        // Then
        for (var host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]")) {
            assertThat(send(channel(false), URI.create("http://" + host + ":" + port + "/204")))
                    .as(host)
                    .isInstanceOf(AttemptOutcome.Blocked.class);
        }
        assertThat(paths).isEmpty();
    }

    private AttemptOutcome send(String path) {
        var port = receiver.getAddress().getPort();
        return send(channel(true), URI.create("http://127.0.0.1:" + port + path));
    }

    private static AttemptOutcome send(WebhookChannel channel, URI to) {
        var message = new Message("id-1", "type", "{}", null, false, to, SigningSecret.random());
        return channel.send(message).block(PATIENCE);
    }

    private static WebhookChannel channel(boolean internal) {
        var settings = WebhookDestinationTest.settings(Map.of(
                "spotplane.notification.allow-internal-addresses",
                internal,
                "spotplane.notification.delivery.timeout",
                "1s"));
        return new WebhookChannel(settings, new WebhookDestination(settings), Clock.systemUTC());
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        paths.add(path);
        switch (path) {
            case "/silence" -> {}
            case "/endless" -> endless(exchange);
            default -> {
                exchange.getResponseHeaders().add("Retry-After", "33");
                exchange.getResponseHeaders().add("Location", "/204");
                exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
                exchange.close();
            }
        }
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        var chunk = new byte[8192];
        try (var body = exchange.getResponseBody()) {
            for (int i = 0; i < 100_000; i++) {
                body.write(chunk);
                written.addAndGet(chunk.length);
            }
        }
    }
}
