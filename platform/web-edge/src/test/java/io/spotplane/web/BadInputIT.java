package io.spotplane.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.web.sample.SampleService;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

/** Bad bodies, parameters, paths and methods: each gets its problem, none a 5xx. */
@SpringBootTest(classes = SampleService.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@LocalIssuer
@ExtendWith(OutputCaptureExtension.class)
class BadInputIT {

    @Autowired
    TestTokens tokens;

    @Autowired
    MeterRegistry meters;

    @LocalServerPort
    int port;

    WebTestClient client;

    @BeforeEach
    void connect() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeaders(tokens.operatorOf("acme"))
                .build();
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of(
                        "unknown field",
                        "{\"model\":\"L4\",\"count\":1,\"cuont\":1}",
                        "INVALID_REQUEST",
                        "/cuont",
                        "UNKNOWN_FIELD"),
                Arguments.of(
                        "unknown nested field",
                        "{\"model\":\"L4\",\"count\":1,\"next\":{\"model\":\"L4\",\"count\":1,\"cuont\":1}}",
                        "INVALID_REQUEST",
                        "/next/cuont",
                        "UNKNOWN_FIELD"),
                Arguments.of(
                        "text for a number",
                        "{\"model\":\"L4\",\"count\":\"3\"}",
                        "INVALID_REQUEST",
                        "/count",
                        "WRONG_TYPE"),
                Arguments.of(
                        "fraction for a whole number",
                        "{\"model\":\"L4\",\"count\":3.0}",
                        "INVALID_REQUEST",
                        "/count",
                        "WRONG_TYPE"),
                Arguments.of(
                        "boolean for a number",
                        "{\"model\":\"L4\",\"count\":true}",
                        "INVALID_REQUEST",
                        "/count",
                        "WRONG_TYPE"),
                Arguments.of(
                        "list for a number",
                        "{\"model\":\"L4\",\"count\":[3]}",
                        "INVALID_REQUEST",
                        "/count",
                        "WRONG_TYPE"),
                Arguments.of(
                        "null for a number",
                        "{\"model\":\"L4\",\"count\":null}",
                        "INVALID_REQUEST",
                        "/count",
                        "WRONG_TYPE"),
                Arguments.of("number for text", "{\"model\":4,\"count\":1}", "INVALID_REQUEST", "/model", "WRONG_TYPE"),
                Arguments.of(
                        "number above 2^31",
                        "{\"model\":\"L4\",\"count\":2147483648}",
                        "INVALID_REQUEST",
                        "/count",
                        "OUT_OF_RANGE"),
                Arguments.of(
                        "unknown word",
                        "{\"model\":\"L4\",\"count\":1,\"capacityType\":\"CHEAP\"}",
                        "INVALID_REQUEST",
                        "/capacityType",
                        "INVALID_VALUE"),
                Arguments.of(
                        "number of an enum constant",
                        "{\"model\":\"L4\",\"count\":1,\"capacityType\":0}",
                        "INVALID_REQUEST",
                        "/capacityType",
                        "INVALID_VALUE"),
                Arguments.of(
                        "money as a number",
                        "{\"model\":\"L4\",\"count\":1,\"budget\":{\"amount\":5.0,\"currency\":\"USD\"}}",
                        "INVALID_REQUEST",
                        "/budget/amount",
                        "WRONG_TYPE"),
                Arguments.of(
                        "negative money",
                        "{\"model\":\"L4\",\"count\":1,\"budget\":{\"amount\":\"-1\",\"currency\":\"USD\"}}",
                        "INVALID_REQUEST",
                        "/budget",
                        "INVALID_VALUE"),
                Arguments.of("a list instead", "[]", "INVALID_REQUEST", "", "WRONG_TYPE"),
                Arguments.of("text instead", "\"x\"", "INVALID_REQUEST", "", "WRONG_TYPE"),
                Arguments.of(
                        "type name",
                        "{\"@class\":\"java.lang.Runtime\",\"model\":\"L4\",\"count\":1}",
                        "INVALID_REQUEST",
                        "/@class",
                        "UNKNOWN_FIELD"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void pointsAtTheFieldThatIsWrong(String why, String body, String code, String pointer, String error) {
        post("/v1/things", body)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(pointer)
                .jsonPath("$.errors[0].code")
                .isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"L4\",\"count\":1",
                "{\"model\":\"L4\",\"count\":1,}",
                "{'model':'L4'}",
                "{\"model\":\"L4\",\"count\":1} x",
                "{\"model\":\"L4\",/*c*/\"count\":1}",
                "{\"model\":\"L4\",\"model\":\"L4\",\"count\":1}",
                "{\"count\":NaN}",
                "{\"count\":0x10}",
                "{\"count\":01}",
                "null",
                ""
            })
    void callsABodyThatIsNotJsonMalformed(String body) {
        post("/v1/things", body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("MALFORMED_BODY");
    }

    @Test
    void refusesBodiesThatAreTooDeepAndNamesThatAreTooLong() {
        for (var body : new String[] {
            "{\"next\":".repeat(40) + "null" + "}".repeat(40),
            "{\"" + "n".repeat(300) + "\":1}",
            "{\"count\":" + "1".repeat(65) + "}"
        }) {
            post("/v1/things", body)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("MALFORMED_BODY");
        }
    }

    @Test
    void isNotImpressedByAHundredThousandBrackets() {
        post("/v1/things", "[".repeat(100_000)).expectStatus().isBadRequest();
    }

    @Test
    void saysNothingOfItsClassesAndNothingOfTheBody() {
        var body = post("/v1/things", "{\"model\":\"hunter2\",\"count\":\"hunter2\"}")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).doesNotContain("hunter2", "java.", "jackson", "io.spotplane", "Wanted");
    }

    @Test
    void namesEachConstraintThatIsBroken() {
        post("/v1/named", "{\"name\":\" \",\"count\":9,\"inner\":{\"name\":\"x\",\"count\":0}}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[?(@.pointer=='/name')].code")
                .isEqualTo("REQUIRED")
                .jsonPath("$.errors[?(@.pointer=='/count')].code")
                .isEqualTo("OUT_OF_RANGE")
                .jsonPath("$.errors[?(@.pointer=='/inner/count')].code")
                .isEqualTo("OUT_OF_RANGE");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/things?regoin=eu, query:regoin, UNKNOWN_PARAMETER",
        "/v1/things?tenantId=other, query:tenantId, UNKNOWN_PARAMETER",
        "/v1/me?x=1, query:x, UNKNOWN_PARAMETER",
        "/v1/filtered?regio=1, query:regio, UNKNOWN_PARAMETER",
        "/v1/filtered?gpuCount=0, query:gpuCount, OUT_OF_RANGE",
        "/v1/filtered?gpuCount=x, query:gpuCount, WRONG_TYPE",
        "/v1/filtered?classes=gp&classes=, query:classes[1], REQUIRED",
        "/v1/things?pageSize=many, query:pageSize, INVALID_VALUE",
        "/v1/things?pageSize=0, query:pageSize, OUT_OF_RANGE"
    })
    void pointsAtTheQueryParameterThatIsWrong(String uri, String pointer, String code) {
        client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_REQUEST")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(pointer)
                .jsonPath("$.errors[0].code")
                .isEqualTo(code);
    }

    @Test
    void pointsAtEveryQueryParameterOfARecordThatIsWrong() {
        client.get()
                .uri("/v1/filtered?gpuCount=x&classes=gp&classes=")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors.length()")
                .isEqualTo(2)
                .jsonPath("$.errors[?(@.pointer=='query:gpuCount')].code")
                .isEqualTo("WRONG_TYPE")
                .jsonPath("$.errors[?(@.pointer=='query:classes[1]')].code")
                .isEqualTo("REQUIRED");
    }

    @Test
    void readsARecordOfQueryParameters() {
        client.get()
                .uri("/v1/filtered?region=eu&gpuCount=2&classes=gp,ch")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{'region': 'eu', 'gpuCount': 2, 'classes': ['gp', 'ch']}".replace('\'', '"'));
    }

    @Test
    void acceptsDeclaredParameters() {
        client.get()
                .uri("/v1/things?region=a&region=b&pageSize=2")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[0]")
                .isEqualTo("[a, b]/2");
        client.get()
                .uri("/v1/filtered?region=a&gpuCount=2")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void anIdOfTheWrongFormNamesNothing() {
        client.get()
                .uri("/v1/things/not-a-uuid")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void unknownPathsMethodsAndMediaTypesAreProblems() {
        client.get()
                .uri("/v1/nothing")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
        client.delete()
                .uri("/v1/things")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .exists("Allow")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("METHOD_NOT_ALLOWED");
        client.get()
                .uri("/v1/me")
                .accept(MediaType.APPLICATION_XML)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        client.post()
                .uri("/v1/things")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me;x=1", "/v1//me", "/v1/%2e%2e/me", "/v1/x/../me", "/v1/%2fme", "/v1/me%00"})
    void refusesPathsInDisguise(String path) {
        client.get()
                .uri(java.net.URI.create("http://127.0.0.1:" + port + path))
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(400, 404))
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void refusesOddMethods() {
        client.method(HttpMethod.valueOf("TRACE"))
                .uri("/v1/me")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void countsTheBodyWhateverItsLengthHeaderSays() {
        var quarter = "x".repeat(100 * 1024);
        post("/v1/things", quarter.repeat(3))
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("PAYLOAD_TOO_LARGE");
        Flux<DataBuffer> chunks = Flux.range(0, 3)
                .map(i -> DefaultDataBufferFactory.sharedInstance.wrap(quarter.getBytes(StandardCharsets.UTF_8)));
        client.post()
                .uri("/v1/things")
                .contentType(MediaType.APPLICATION_JSON)
                .body(BodyInserters.fromDataBuffers(chunks))
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void refusesCompressedBodies() {
        client.post()
                .uri("/v1/things")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Content-Encoding", "gzip")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    @Test
    void theUnforeseenTellsOnlyATraceId() {
        var before = meters.counter("spotplane.problems", "code", "INTERNAL").count();
        client.get()
                .uri("/v1/broken")
                .exchange()
                .expectStatus()
                .isEqualTo(500)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.traceId")
                .isNotEmpty()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).doesNotContain("hunter2", "jdbc"));
        assertThat(meters.counter("spotplane.problems", "code", "INTERNAL").count())
                .isEqualTo(before + 1);
    }

    @Test
    void theLogOfTheUnforeseenSaysWhoseRequestItWas(CapturedOutput output) {
        // When
        client.get().uri("/v1/broken").exchange().expectStatus().isEqualTo(500);
        // Then
        assertThat(output.getOut().lines().filter(line -> line.contains("GET /v1/broken failed")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).containsPattern("\\[acme,[0-9a-f]{32}]"));
    }

    @Test
    void tellsWhenToComeBack() {
        client.get()
                .uri("/v1/busy")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "2")
                .expectBody()
                .jsonPath("$.retryAfterSeconds")
                .isEqualTo(2)
                .jsonPath("$.retryable")
                .isEqualTo(true);
    }

    @Test
    void echoesAHarmlessRequestIdAndReplacesAnyOther() {
        client.get()
                .uri("/v1/me")
                .header("X-Request-Id", "abc-1")
                .exchange()
                .expectHeader()
                .valueEquals("X-Request-Id", "abc-1");
        client.get()
                .uri("/v1/nothing")
                .header("X-Request-Id", "${jndi:x}")
                .exchange()
                .expectHeader()
                .value("X-Request-Id", id -> assertThat(id).hasSize(36));
    }

    @Test
    void theKeysOfTheLogFollowTheRequestThroughItsThreads() {
        client.get()
                .uri("/v1/log-keys")
                .header("X-Request-Id", "abc-2")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.tenant")
                .isEqualTo("acme")
                .jsonPath("$.requestId")
                .isEqualTo("abc-2")
                .jsonPath("$.traceId")
                .value(String.class, id -> assertThat(id).matches("[0-9a-f]{32}"));
    }

    @Test
    void aTargetThatIsNoUriIsAProblemToo() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET /v1/things/{id} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("\"code\":\"INVALID_REQUEST\"");
        }
    }

    @Test
    void theDescriptionOfTheApiShowsProblemsAndNoCaller() {
        client.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.openapi")
                .value(String.class, version -> assertThat(version).startsWith("3.1"))
                .jsonPath("$.paths['/v1/me'].get.parameters")
                .doesNotExist()
                .jsonPath("$.paths['/v1/me'].get.responses.default.content['application/problem+json'].schema.$ref")
                .isEqualTo("#/components/schemas/Problem")
                .jsonPath("$.components.schemas.Problem.properties.code")
                .exists()
                .jsonPath("$.components.schemas.FieldError")
                .exists();
    }

    private WebTestClient.ResponseSpec post(String uri, String body) {
        return client.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
