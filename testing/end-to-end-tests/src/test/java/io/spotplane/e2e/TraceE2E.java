package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneStack.class)
class TraceE2E {

    /** Gateway, service, outbox, Kafka, consumer, webhook: the subscriber sees the trace of the caller. */
    @Test
    void theCallersTraceArrivesAtTheWebhook(RunningStack stack) throws Exception {
        // Given
        var tenant = "traced-" + UUID.randomUUID().toString().substring(0, 8);
        var traceId = UUID.randomUUID().toString().replace("-", "");
        List<String> seen = new CopyOnWriteArrayList<>();
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        receiver.createContext("/", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        var api = stack.operatorOf(tenant);
        api.post("/v1/subscriptions", null, """
                        {"name":"traced","channel":"WEBHOOK","url":"http://127.0.0.1:%d/","eventTypes":["io.spotplane.provisioning.request-accepted.v1"]}""".formatted(receiver.getAddress().getPort()))
                .expect(201);
        // When
        var token = io.spotplane.stack.journey.SpotplaneApi.token(stack.addresses(), tenant, "operator");
        var request = HttpRequest.newBuilder(stack.addresses().gateway().resolve("/v1/gpu-requests"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                .POST(HttpRequest.BodyPublishers.ofString(Requests.hopeless("traced")))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);
        }
        // Then
        await("the webhook").atMost(Duration.ofSeconds(20)).until(() -> !seen.isEmpty());
        receiver.stop(0);
        assertThat(seen.getFirst()).startsWith("00-" + traceId);
    }
}
