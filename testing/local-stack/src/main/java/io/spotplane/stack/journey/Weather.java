package io.spotplane.stack.journey;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What providers do by themselves, made to happen through the simulator's control API; and the simulator's ledger, the outside witness. */
public final class Weather {

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI simulator;

    public Weather(URI simulator) {
        this.simulator = simulator;
    }

    /** Posts to {@code /_control/<what>}; the answer's JSON. */
    public JsonNode command(String what, String json) {
        var request = HttpRequest.newBuilder(simulator.resolve("/_control/" + what))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        var answer = SpotplaneApi.send(http, request);
        if (answer.status() >= 300) {
            throw new SpotplaneApi.Unexpected(answer.call() + " answered " + answer.status() + ": "
                    + answer.response().body());
        }
        return answer.body();
    }

    /** Every machine that the simulated providers ever made. */
    public List<JsonNode> ledger() {
        var request = HttpRequest.newBuilder(simulator.resolve("/_control/ledger"))
                .timeout(Duration.ofSeconds(10))
                .build();
        var body = SpotplaneApi.send(http, request).expect(200).body();
        var entries = body.isArray() ? body : body.path("instances");
        return StreamSupport.stream(entries.spliterator(), false).toList();
    }

    /** How many calls of one kind reached a provider, answered or not. */
    public long calls(String provider, String operation) {
        var request = HttpRequest.newBuilder(simulator.resolve("/_control/calls"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return SpotplaneApi.send(http, request)
                .expect(200)
                .body()
                .path("counts")
                .path(provider + "." + operation)
                .asLong(0);
    }

    /** Takes every rule back. */
    public void clear() {
        var request = HttpRequest.newBuilder(simulator.resolve("/_control/rules"))
                .timeout(Duration.ofSeconds(10))
                .DELETE()
                .build();
        SpotplaneApi.send(http, request);
    }
}
