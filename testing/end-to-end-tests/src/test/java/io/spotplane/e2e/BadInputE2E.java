package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.stack.journey.SpotplaneApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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
    void anExpiredTokenIsRefused(RunningStack stack) throws Exception {
        // Given
        var token = SpotplaneApi.token(stack.addresses(), "bad-input", "operator", 1);
        // When: longer than the leeway of at most 60 seconds
        Thread.sleep(62_000);
        var answer = raw(stack.addresses().gateway().resolve("/v1/offerings"), "Bearer " + token);
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

    private static HttpResponse<String> raw(URI uri, @Nullable String authorization) throws Exception {
        var request = HttpRequest.newBuilder(uri);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
