package io.spotplane.stack.journey;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A subscriber that listens to {@code GET /v1/events} as server-sent events and can resume where it stopped. */
final class EventStream implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicBoolean open = new AtomicBoolean();

    private EventStream() {}

    /** Listens from now on, or after {@code lastEventId}. */
    static EventStream listen(SpotplaneApi api, @Nullable String lastEventId) {
        var stream = new EventStream();
        var request = HttpRequest.newBuilder(api.uri("/v1/events"))
                .header("Authorization", api.bearer())
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        Thread.ofVirtual().name("event-stream").start(() -> stream.read(request.build()));
        Patience.until(
                "the event stream to open",
                Duration.ofSeconds(10),
                () -> Optional.of(true).filter(yes -> stream.open.get()));
        return stream;
    }

    Optional<Received> first(String type, String subject) {
        return received.stream()
                .filter(event -> event.type().equals(type) && event.subject().equals(subject))
                .findFirst();
    }

    List<Received> all() {
        return List.copyOf(received);
    }

    private void read(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            open.set(response.statusCode() == 200);
            try (Stream<String> lines = response.body()) {
                collect(lines);
            }
        } catch (Exception e) {
            open.set(false);
        }
    }

    private void collect(Stream<String> lines) {
        var id = new StringBuilder();
        lines.forEach(line -> {
            if (line.startsWith("id:")) {
                id.setLength(0);
                id.append(line.substring(3).strip());
            } else if (line.startsWith("data:")) {
                received.add(Received.of(id.toString(), JSON.readTree(line.substring(5))));
            }
        });
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** An event that arrived: its resumable id, and when. */
    record Received(String id, String type, String subject, JsonNode event, Instant at) {
        static Received of(String id, JsonNode event) {
            return new Received(
                    id, event.path("type").asString(), event.path("subject").asString(), event, Instant.now());
        }
    }
}
