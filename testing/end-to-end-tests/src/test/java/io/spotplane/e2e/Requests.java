package io.spotplane.e2e;

import static org.awaitility.Awaitility.await;

import io.spotplane.stack.journey.SpotplaneApi;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Capacity requests as these tests make and watch them. */
final class Requests {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final SpotplaneApi api;

    Requests(SpotplaneApi api) {
        this.api = api;
    }

    /** One spot GPU of {@code provider}; the request's id. */
    String wishFor(String provider) {
        return api.post("/v1/gpu-requests", UUID.randomUUID().toString(), body(provider))
                .expect(202)
                .body()
                .path("id")
                .asString();
    }

    /** Not the GPU that the journey lets sell out: a refused offer is left alone for a while. */
    static String body(String provider) {
        return """
                {"gpu":{"model":"L4","count":1},"capacityType":"SPOT","providers":["%s"],
                 "maxPricePerHour":{"amount":"5.00","currency":"USD"}}""".formatted(provider);
    }

    /** A wish that no market will ever serve: it costs nothing to accept. */
    static String hopeless(String name) {
        return """
                {"name":"%s","gpu":{"model":"L40S","count":1},"maxPricePerHour":{"amount":"0.0001","currency":"USD"}}""".formatted(name);
    }

    JsonNode get(String id) {
        return api.get("/v1/gpu-requests/" + id).expect(200).body();
    }

    String phase(String id) {
        return get(id).path("status").path("phase").asString();
    }

    List<JsonNode> instances(String id) {
        return StreamSupport.stream(get(id).path("status").path("instances").spliterator(), false)
                .toList();
    }

    /** The provider's id of the one machine that a request has. */
    String machineOf(String id) {
        return instances(id).getFirst().path("providerInstanceId").asString();
    }

    void awaitPhase(String id, String phase) {
        await(id + " to be " + phase)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(SpotplaneApi.Unexpected.class)
                .until(() -> phase(id), phase::equals);
    }

    void delete(String id) {
        api.delete("/v1/gpu-requests/" + id).expect(202);
    }
}
