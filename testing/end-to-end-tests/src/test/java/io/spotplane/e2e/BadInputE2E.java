package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.stack.journey.SpotplaneApi;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bad input of every kind gets the documented problem, through the gateway, and never a 5xx. */
@ExtendWith(OneStack.class)
class BadInputE2E {

    private static final String PATH = "/v1/gpu-requests";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A body, the status and code that it must get, and a pointer that must be named. */
    private record Bad(
            String what,
            String body,
            int status,
            String code,
            @Nullable String pointer) {}

    private static Stream<Bad> bodies() {
        var rows = new ArrayList<Bad>();
        rows.add(new Bad("an unknown field", with("\"colour\":\"red\""), 400, "INVALID_REQUEST", "/colour"));
        rows.add(new Bad(
                "an unknown nested field",
                "{\"gpu\":{\"model\":\"L40S\",\"cuont\":1}}",
                400,
                "INVALID_REQUEST",
                "/gpu/cuont"));
        rows.add(new Bad(
                "a wrong type",
                "{\"gpu\":{\"model\":\"L40S\",\"count\":\"many\"}}",
                400,
                "INVALID_REQUEST",
                "/gpu/count"));
        rows.add(new Bad(
                "a negative count",
                "{\"gpu\":{\"model\":\"L40S\",\"count\":-1}}",
                400,
                "INVALID_REQUEST",
                "/gpu/count"));
        rows.add(
                new Bad("no count at all of instances", with("\"instances\":0"), 400, "INVALID_REQUEST", "/instances"));
        rows.add(new Bad("a million instances", with("\"instances\":1000000"), 400, "INVALID_REQUEST", "/instances"));
        rows.add(new Bad(
                "money as a number",
                with("\"maxPricePerHour\":{\"amount\":1.5,\"currency\":\"USD\"}"),
                400,
                "INVALID_REQUEST",
                "/maxPricePerHour"));
        rows.add(new Bad(
                "negative money",
                with("\"budget\":{\"amount\":\"-1\",\"currency\":\"USD\"}"),
                400,
                "INVALID_REQUEST",
                "/budget"));
        rows.add(new Bad(
                "an unknown capacity type",
                with("\"capacityType\":\"FREE\""),
                400,
                "INVALID_REQUEST",
                "/capacityType"));
        rows.add(new Bad("no GPU", "{}", 400, "INVALID_REQUEST", "/gpu"));
        rows.add(new Bad(
                "a node in a GPU request",
                with("\"node\":{\"vcpu\":2,\"memoryMiB\":1024}"),
                400,
                "INVALID_REQUEST",
                "/node"));
        rows.add(new Bad("an array", "[]", 400, "INVALID_REQUEST", null));
        rows.add(new Bad("a body that is cut off", "{\"gpu\":", 400, "MALFORMED_BODY", null));
        rows.add(new Bad("no body", "", 400, "MALFORMED_BODY", null));
        rows.add(new Bad(
                "a key twice",
                "{\"gpu\":{\"model\":\"L40S\",\"count\":1},\"instances\":1,\"instances\":2}",
                400,
                "MALFORMED_BODY",
                null));
        rows.add(new Bad(
                "three hundred thousand bytes",
                with("\"name\":\"" + "x".repeat(300_000) + "\""),
                413,
                "PAYLOAD_TOO_LARGE",
                null));
        return rows.stream();
    }

    private static String with(String field) {
        return "{\"gpu\":{\"model\":\"L40S\",\"count\":1}," + field + "}";
    }

    @TestFactory
    Stream<DynamicTest> aBadBodyGetsItsProblem(RunningStack stack) {
        var api = stack.operatorOf("bad-input");
        return bodies().map(bad -> DynamicTest.dynamicTest(bad.what(), () -> {
            // When
            var answer = api.post(PATH, UUID.randomUUID().toString(), bad.body());
            // Then
            isProblem(answer, bad.status(), bad.code());
            if (bad.pointer() != null) {
                assertThat(answer.body().path("errors").findValuesAsString("pointer"))
                        .anyMatch(pointer -> pointer.startsWith(bad.pointer()));
            }
        }));
    }

    /** A call as it comes, the status and code that it must get. */
    private record BadCall(
            String what,
            String method,
            String path,
            Map<String, String> headers,
            String body,
            int status,
            String code) {

        static BadCall post(String what, String path, String body) {
            return new BadCall(what, "POST", path, Map.of(), body, 400, "INVALID_REQUEST");
        }

        BadCall answered(int newStatus, String newCode) {
            return new BadCall(what, method, path, headers, body, newStatus, newCode);
        }

        BadCall with(String name, String value) {
            return new BadCall(what, method, path, Map.of(name, value), body, status, code);
        }
    }

    private static Stream<BadCall> calls() {
        var nodes = "/v1/node-requests";
        var subscriptions = "/v1/subscriptions";
        return Stream.of(
                BadCall.post("a node without CPUs", nodes, "{\"node\":{\"vcpu\":0,\"memoryMiB\":1024}}"),
                BadCall.post("a node of negative memory", nodes, "{\"node\":{\"vcpu\":2,\"memoryMiB\":-1}}"),
                BadCall.post("a GPU in a node request", nodes, "{\"gpu\":{\"model\":\"L4\",\"count\":1}}"),
                BadCall.post("a subscription to nothing", subscriptions, "{}"),
                BadCall.post(
                        "a subscription to an unknown type",
                        subscriptions,
                        subscription("http://127.0.0.1:9/", "io.spotplane.weather-changed.v1")),
                BadCall.post(
                        "a webhook that is no HTTP address",
                        subscriptions,
                        subscription("ftp://127.0.0.1/", "io.spotplane.provisioning.request-accepted.v1")),
                BadCall.post("a text", PATH, "hello")
                        .with("Content-Type", "text/plain")
                        .answered(415, "UNSUPPORTED_MEDIA_TYPE"),
                BadCall.post("an idempotency key without end", PATH, Requests.hopeless("one"))
                        .with("Idempotency-Key", "k".repeat(2_000)),
                BadCall.post("a body of a thousand levels", PATH, "[".repeat(1_000) + "]".repeat(1_000)),
                BadCall.post("a name with a null character", PATH, with("\"name\":\"a\\u0000b\"")),
                BadCall.post("an event of a provider without its key", "/v1/provider-events/aws", "{}")
                        .answered(401, "UNAUTHENTICATED"),
                BadCall.post("an event of a provider that does not exist", "/v1/provider-events/abacus", "{}")
                        .answered(404, "NOT_FOUND"),
                new BadCall("a method that does not exist", "PUT", PATH, Map.of(), "{}", 405, "METHOD_NOT_ALLOWED"),
                new BadCall("a deletion of everything", "DELETE", PATH, Map.of(), "", 405, "METHOD_NOT_ALLOWED"),
                new BadCall(
                        "a picture instead of JSON",
                        "GET",
                        "/v1/offerings",
                        Map.of("Accept", "image/png"),
                        "",
                        406,
                        "NOT_ACCEPTABLE"),
                new BadCall(
                        "a stream from an event that never was",
                        "GET",
                        "/v1/events",
                        Map.of("Last-Event-ID", "yesterday"),
                        "",
                        400,
                        "INVALID_REQUEST"));
    }

    private static String subscription(String url, String type) {
        return """
                {"name":"bad","channel":"WEBHOOK","url":"%s","eventTypes":["%s"]}""".formatted(url, type);
    }

    @TestFactory
    Stream<DynamicTest> aBadCallGetsItsProblem(RunningStack stack) {
        var token = SpotplaneApi.token(stack.addresses(), "bad-input", "operator");
        return calls().map(bad -> DynamicTest.dynamicTest(bad.what(), () -> {
            // When
            var request = HttpRequest.newBuilder(stack.addresses().gateway().resolve(bad.path()))
                    .method(bad.method(), HttpRequest.BodyPublishers.ofString(bad.body()))
                    .setHeader("Authorization", "Bearer " + token)
                    .setHeader("Content-Type", "application/json")
                    .setHeader("Idempotency-Key", UUID.randomUUID().toString());
            bad.headers().forEach(request::setHeader);
            var answer = send(request.build());
            // Then
            isProblem(answer, bad.status(), bad.code());
        }));
    }

    /** Nobody says how long it is before it is there: it has to be counted while it comes. */
    @Test
    void aBodyOfUnsaidLengthIsCutOffAtTheLimit(RunningStack stack) throws Exception {
        // Given
        var token = SpotplaneApi.token(stack.addresses(), "bad-input", "operator");
        var body = with("\"name\":\"" + "x".repeat(300_000) + "\"").getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(stack.addresses().gateway().resolve(PATH))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .build();
        // Then
        isProblem(send(request), 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void anotherTenantsMachinesAndSubscriptionsAreNotThere(RunningStack stack) {
        // Given
        var owner = stack.operatorOf("owner");
        var requests = new Requests(owner);
        var wish = requests.wishFor("aws");
        requests.awaitPhase(wish, "READY");
        var instance = requests.instances(wish).getFirst().path("id").asString();
        var subscription = owner.post(
                        "/v1/subscriptions",
                        null,
                        subscription("http://127.0.0.1:9/", "io.spotplane.provisioning.request-accepted.v1"))
                .expect(201)
                .body()
                .path("id")
                .asString();
        var stranger = stack.operatorOf("stranger");
        // Then
        for (var path : List.of(
                "/v1/instances/" + instance,
                "/v1/gpu-requests/" + wish + "/timeline",
                "/v1/subscriptions/" + subscription,
                "/v1/subscriptions/" + subscription + "/deliveries")) {
            owner.get(path).expect(200);
            isProblem(stranger.get(path), 404, "NOT_FOUND");
        }
        isProblem(stranger.delete("/v1/subscriptions/" + subscription), 404, "NOT_FOUND");
        assertThat(stranger.get("/v1/instances").expect(200).body().path("items"))
                .isEmpty();
        assertThat(stranger.get("/v1/gpu-requests").expect(200).body().path("items"))
                .isEmpty();
        requests.delete(wish);
        requests.awaitPhase(wish, "TERMINATED");
    }

    @Test
    void anotherTenantsRequestIsNotThere(RunningStack stack) {
        // Given
        var id = stack.operatorOf("owner")
                .post(PATH, UUID.randomUUID().toString(), Requests.hopeless("mine-" + UUID.randomUUID()))
                .expect(202)
                .body()
                .path("id")
                .asString();
        var stranger = stack.operatorOf("stranger");
        // When
        var read = stranger.get(PATH + "/" + id);
        var deleted = stranger.delete(PATH + "/" + id);
        // Then
        isProblem(read, 404, "NOT_FOUND");
        isProblem(deleted, 404, "NOT_FOUND");
    }

    @TestFactory
    Stream<DynamicTest> aBadPathOrQueryGetsItsProblem(RunningStack stack) {
        var api = stack.operatorOf("bad-input");
        record BadGet(String path, int status, String code) {}
        return Stream.of(
                        new BadGet("/v1/gpu-requests/not-a-uuid", 404, "NOT_FOUND"),
                        new BadGet("/v1/gpu-requests/" + UUID.randomUUID(), 404, "NOT_FOUND"),
                        new BadGet("/v1/nothing", 404, "NOT_FOUND"),
                        new BadGet("/v1/offerings?colour=red", 400, "INVALID_REQUEST"),
                        new BadGet("/v1/offerings?maxPricePerHour=cheap", 400, "INVALID_REQUEST"),
                        new BadGet("/v1/offerings?gpuCount=-1", 400, "INVALID_REQUEST"),
                        new BadGet("/v1/offerings?pageToken=garbage", 400, "INVALID_REQUEST"),
                        new BadGet("/v1/offerings/no:such:offering", 404, "NOT_FOUND"),
                        new BadGet("/v1/aggregates/ABACUS", 404, "NOT_FOUND"),
                        new BadGet("/v1/instances?phase=SLEEPING", 400, "INVALID_REQUEST"))
                .map(bad -> DynamicTest.dynamicTest(
                        bad.path(), () -> isProblem(api.get(bad.path()), bad.status(), bad.code())));
    }

    @TestFactory
    Stream<DynamicTest> aTokenThatIsNoneIsRefused(RunningStack stack) {
        record BadToken(String what, @Nullable String header) {}
        return Stream.of(
                        new BadToken("none", null),
                        new BadToken("garbage", "Bearer garbage"),
                        new BadToken("unsigned", "Bearer eyJhbGciOiJub25lIn0.eyJ0ZW5hbnQiOiJkZW1vIn0."),
                        new BadToken("another scheme", "Basic YTpi"))
                .map(bad -> DynamicTest.dynamicTest(bad.what(), () -> {
                    var answer = raw(stack.addresses().gateway().resolve("/v1/offerings"), bad.header());
                    assertThat(answer.statusCode()).isEqualTo(401);
                    assertThat(json(answer).path("code").asString()).isEqualTo("UNAUTHENTICATED");
                }));
    }

    @Test
    void aViewerMayLookButNotBuy(RunningStack stack) {
        // Given
        var viewer = SpotplaneApi.signIn(stack.addresses(), "bad-input", "viewer");
        // When
        var answer = viewer.post(PATH, UUID.randomUUID().toString(), Requests.hopeless("not-mine"));
        // Then
        isProblem(answer, 403, "FORBIDDEN");
        viewer.get("/v1/offerings").expect(200);
    }

    @Test
    void anExpiredTokenIsRefused(RunningStack stack) {
        // Given
        var token = SpotplaneApi.token(stack.addresses(), "bad-input", "operator", 1);
        // When: it has expired and the leeway of at most 60 seconds is over
        var answer = await("its refusal")
                .atMost(Duration.ofSeconds(65))
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> raw(stack.addresses().gateway().resolve("/v1/offerings"), "Bearer " + token),
                        refused -> refused.statusCode() != 200);
        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("code").asString()).isEqualTo("UNAUTHENTICATED");
    }

    private static void isProblem(SpotplaneApi.Answer answer, int status, String code) {
        assertThat(answer.status())
                .as(answer.call() + " " + answer.response().body())
                .isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
    }

    private static void isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer).path("code").asString()).isEqualTo(code);
    }

    private static HttpResponse<String> raw(URI uri, @Nullable String authorization) throws Exception {
        var request = HttpRequest.newBuilder(uri);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
