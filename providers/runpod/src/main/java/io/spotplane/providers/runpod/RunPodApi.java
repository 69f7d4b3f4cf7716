package io.spotplane.providers.runpod;

import io.spotplane.providers.support.HttpAnswer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * RunPod's two protocols. Every call has its time-out; every answer that is not what was asked for fails with {@link RunPodFaults.Refused}. Money is read as
 * decimals.
 */
final class RunPodApi {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final WebClient http;
    private final Duration callTimeout;
    private final RunPodFaults faults;

    /**
     * @param http relative to the API's base, with the account's key
     */
    RunPodApi(WebClient http, Duration callTimeout, RunPodFaults faults) {
        this.http = http;
        this.callTimeout = callTimeout;
        this.faults = faults;
    }

    /** A GraphQL operation's {@code data}, without any error in it. */
    Mono<JsonNode> graphql(String query, Map<String, ?> variables) {
        return send(http.post()
                        .uri("/graphql")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(JSON.writeValueAsString(Map.of("query", query, "variables", variables))))
                .map(this::data);
    }

    /** {@code POST /v2/pods}. */
    Mono<Pod> createPod(NewPod pod) {
        return send(http.post()
                        .uri("/v2/pods")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(JSON.writeValueAsString(pod)))
                .map(answer -> read(answer, Pod.class));
    }

    /** {@code GET /v2/pods}: all pods of the account. */
    Mono<List<Pod>> pods() {
        return send(http.get().uri("/v2/pods"))
                .map(answer -> Optional.ofNullable(read(answer, Pods.class).pods())
                        .orElseThrow(() -> faults.unreadable(answer)));
    }

    /** {@code DELETE /v2/pods/{id}}. */
    Mono<HttpAnswer> deletePod(String id) {
        return send(http.delete().uri("/v2/pods/{id}", id)).map(this::successful);
    }

    /** Part of a GraphQL answer as a record. */
    <T> T as(Class<T> type, JsonNode node) {
        return JSON.treeToValue(node, type);
    }

    private Mono<HttpAnswer> send(RequestHeadersSpec<?> request) {
        return request.accept(MediaType.APPLICATION_JSON)
                .exchangeToMono(HttpAnswer::read)
                .timeout(callTimeout);
    }

    private JsonNode data(HttpAnswer answer) {
        var body = tree(answer);
        var error = body.path("errors").path(0);
        if (!error.isMissingNode()) {
            throw faults.refused(
                    answer,
                    error.path("extensions").path("code").asString(null),
                    error.path("message").asString(null));
        }
        if (!answer.isSuccess() || !body.path("data").isObject()) {
            throw faults.unreadable(answer);
        }
        return body.path("data");
    }

    private <T> T read(HttpAnswer answer, Class<T> type) {
        try {
            return as(type, tree(successful(answer)));
        } catch (JacksonException otherShape) {
            throw faults.unreadable(answer);
        }
    }

    /** Errors of REST v2 are RFC 9457 problems. */
    private HttpAnswer successful(HttpAnswer answer) {
        if (answer.isSuccess()) {
            return answer;
        }
        var problem = tree(answer);
        throw faults.refused(answer, null, words(problem));
    }

    private static @Nullable String words(JsonNode problem) {
        return problem.path("detail").asString(problem.path("title").asString(null));
    }

    private JsonNode tree(HttpAnswer answer) {
        try {
            var tree = JSON.readTree(answer.body());
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException notJson) {
            throw faults.unreadable(answer);
        }
        throw faults.unreadable(answer);
    }

    /**
     * The body of {@code POST /v2/pods}; unknown fields would be refused with 422.
     *
     * @param name see {@link PodName}
     * @param image container image
     * @param gpu which and how many
     * @param cloud {@code SECURE} or {@code COMMUNITY}
     * @param disk container disk in GB
     * @param ports what to expose
     * @param startSsh whether to start an SSH server: without it nothing proves that the pod can be used
     */
    record NewPod(
            String name, String image, GpuChoice gpu, String cloud, int disk, List<String> ports, boolean startSsh) {}

    /**
     * Which GPUs.
     *
     * @param id RunPod's id of the type
     * @param count how many
     */
    record GpuChoice(String id, int count) {}

    /** A page of pods: v2 answers with all of them. */
    record Pods(@Nullable List<Pod> pods) {}

    /**
     * A pod, as far as we look.
     *
     * @param id RunPod's id
     * @param name see {@link PodName}
     * @param status {@code PROVISIONING, STARTING, RUNNING, EXITED, ERROR, TERMINATED}
     * @param cost US dollars an hour; 0 when it has ended
     * @param ssh ways in; {@code direct} comes several looks after RUNNING
     * @param createdAt RFC 3339
     */
    record Pod(
            String id,
            @Nullable String name,
            @Nullable String status,
            @Nullable BigDecimal cost,
            @Nullable Ssh ssh,
            @Nullable String createdAt) {}

    /** Ways in by SSH. */
    record Ssh(@Nullable Direct direct) {}

    /** The direct way in. */
    record Direct(@Nullable String host, int port) {}
}
