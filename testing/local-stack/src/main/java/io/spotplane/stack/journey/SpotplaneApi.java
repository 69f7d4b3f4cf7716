package io.spotplane.stack.journey;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public API as any HTTP client sees it: paths in, status and JSON out, a bearer token on everything. */
public final class SpotplaneApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CALL_LIMIT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI base;
    private final String token;

    private SpotplaneApi(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** The API with a token that the issuer gives for {@code tenant} and {@code role}. */
    public static SpotplaneApi signIn(JourneyAddresses addresses, String tenant, String role) {
        return new SpotplaneApi(addresses.gateway(), token(addresses, tenant, role));
    }

    /** A bearer token from the issuer. */
    public static String token(JourneyAddresses addresses, String tenant, String role) {
        return token(addresses, Map.of("tenant", tenant, "role", role));
    }

    /** A bearer token that is good for {@code seconds}. */
    public static String token(JourneyAddresses addresses, String tenant, String role, int seconds) {
        return token(addresses, Map.of("tenant", tenant, "role", role, "expires_in", String.valueOf(seconds)));
    }

    private static String token(JourneyAddresses addresses, Map<String, String> wishes) {
        var fields = new LinkedHashMap<>(wishes);
        fields.put("grant_type", "client_credentials");
        var form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var credentials = Base64.getEncoder()
                .encodeToString(("spotplane-cli:" + addresses.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(addresses.issuer().resolve("/oauth2/token"))
                .timeout(CALL_LIMIT)
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        var answer = send(HttpClient.newHttpClient(), request).expect(200);
        return answer.body().path("access_token").asString();
    }

    /** {@code GET path}. */
    public Answer get(String path) {
        return send(http, request(path).GET().build());
    }

    /** {@code POST path} with a JSON body and, where given, an {@code Idempotency-Key}. */
    public Answer post(String path, @Nullable String idempotencyKey, String json) {
        var request = request(path).header("Content-Type", "application/json");
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(
                http, request.POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    /** {@code DELETE path}. */
    public Answer delete(String path) {
        return send(http, request(path).DELETE().build());
    }

    /** The token, for clients that make their own requests (SSE). */
    String bearer() {
        return "Bearer " + token;
    }

    /** The absolute URI of a path. */
    URI uri(String path) {
        return base.resolve(path);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(CALL_LIMIT).header("Authorization", bearer());
    }

    static Answer send(HttpClient http, HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    request.method() + " " + request.uri().getPath(),
                    response.statusCode(),
                    response,
                    json(response.body()));
        } catch (IOException e) {
            throw new Unexpected(request.method() + " " + request.uri() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected(request.method() + " " + request.uri() + ": interrupted");
        }
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /**
     * An answer.
     *
     * @param call method and path
     * @param status HTTP status
     * @param response the whole of it
     * @param body its JSON; missing when it has none
     */
    public record Answer(String call, int status, HttpResponse<String> response, JsonNode body) {

        /** This answer, when it has the expected status. */
        public Answer expect(int expected) {
            if (status != expected) {
                throw new Unexpected(call + " answered " + status + ", expected " + expected + ": " + response.body());
            }
            return this;
        }
    }

    /** An answer that the journey did not expect, or none. */
    public static final class Unexpected extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unexpected(String message) {
            super(message);
        }
    }
}
