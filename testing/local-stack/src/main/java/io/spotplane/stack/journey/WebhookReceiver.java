package io.spotplane.stack.journey;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A subscriber's endpoint on loopback. Takes only what carries a valid Standard Webhooks signature. */
final class WebhookReceiver implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int refused;
    private volatile @Nullable Webhook signature;

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    static WebhookReceiver start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
            var receiver = new WebhookReceiver(server);
            server.createContext("/hook", receiver::take);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new JourneyFailed("cannot open a webhook receiver on loopback: " + e.getMessage());
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    /** The secret that the subscription was given; what comes before is refused. */
    void secret(String secret) {
        signature = new Webhook(secret);
    }

    /** The first event of {@code type} about {@code subject}, if it came. */
    Optional<Received> first(String type, String subject) {
        return received.stream()
                .filter(event -> event.type().equals(type) && event.subject().equals(subject))
                .findFirst();
    }

    List<Received> all() {
        return new ArrayList<>(received);
    }

    int refused() {
        return refused;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var at = Instant.now();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(accept(exchange, body, at) ? 204 : 401, -1);
        }
    }

    private boolean accept(HttpExchange exchange, String body, Instant at) {
        try {
            var webhook = signature;
            if (webhook == null) {
                return false;
            }
            webhook.verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
            received.add(Received.of(JSON.readTree(body), at));
            return true;
        } catch (WebhookVerificationException e) {
            refused++;
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** An event that arrived, and when. */
    record Received(String type, String subject, JsonNode event, Instant at) {
        static Received of(JsonNode event, Instant at) {
            return new Received(
                    event.path("type").asString(), event.path("subject").asString(), event, at);
        }
    }
}
