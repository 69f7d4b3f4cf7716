package io.spotplane.stack.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What every chapter of the journey has: the public API, the request topic, the weather, and somebody to tell it to. */
record Scene(SpotplaneApi api, KafkaWitness kafka, Weather weather, Narrator narrator) {

    /** The tenant that travels. */
    static final String TENANT = "demo";
    /** How long anything may take that should be there soon. */
    static final Duration SOON = Duration.ofSeconds(60);

    static Scene at(JourneyAddresses addresses, Narrator narrator) {
        return new Scene(
                SpotplaneApi.signIn(addresses, TENANT, "operator"),
                new KafkaWitness(addresses.kafka()),
                new Weather(addresses.simulator()),
                narrator);
    }

    JsonNode awaitReady(String id) {
        return Patience.until(
                "request " + id + " to be READY",
                SOON,
                () -> Optional.of(request(id))
                        .filter(request ->
                                request.path("status").path("phase").asString().equals("READY"))
                        .flatMap(Scene::readyInstance));
    }

    static Optional<JsonNode> readyInstance(JsonNode request) {
        return StreamSupport.stream(request.path("status").path("instances").spliterator(), false)
                .filter(instance -> instance.path("phase").asString().equals("READY"))
                .findFirst();
    }

    JsonNode request(String id) {
        return api.get("/v1/gpu-requests/" + id).expect(200).body();
    }

    Stream<JsonNode> timeline(String id) {
        return items(api.get("/v1/gpu-requests/" + id + "/timeline").expect(200).body());
    }

    void tellTimeline(String id) {
        var entries = timeline(id).toList();
        if (entries.isEmpty()) {
            throw new JourneyFailed("request " + id + " has an empty timeline");
        }
        var start = Instant.parse(entries.getFirst().path("at").asString());
        entries.forEach(entry -> narrator.detail("+%5.1f s  %s  %s"
                .formatted(
                        seconds(Duration.between(
                                start, Instant.parse(entry.path("at").asString()))),
                        entry.path("title").asString(),
                        entry.path("detail").asString(""))));
    }

    static Stream<JsonNode> items(JsonNode answer) {
        return StreamSupport.stream(answer.path("items").spliterator(), false);
    }

    static String shortId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    static String since(Instant start, Instant end) {
        return millis(Duration.between(start, end).toMillis());
    }

    static String millis(long millis) {
        return millis < 1000 ? millis + " ms" : "%.2f s".formatted(millis / 1000.0);
    }
}
