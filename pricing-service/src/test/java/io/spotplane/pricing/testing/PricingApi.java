package io.spotplane.pricing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.web.testing.TestTokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as its users meet it: HTTP with a viewer's token. */
public final class PricingApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final TestTokens tokens;
    private final WebTestClient client;

    public PricingApi(int port, TestTokens tokens) {
        this.base = "http://127.0.0.1:" + port;
        this.tokens = tokens;
        this.client = WebTestClient.bindToServer()
                .baseUrl(base)
                .responseTimeout(Duration.ofSeconds(10))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
                .build();
    }

    /** Without a token, for what needs none or must refuse. */
    public WebTestClient anonymous() {
        return client;
    }

    public EntityExchangeResult<byte[]> exchange(String uri) {
        return exchange(uri, new HttpHeaders());
    }

    private EntityExchangeResult<byte[]> exchange(String uri, HttpHeaders more) {
        return client.get()
                .uri(URI.create(base + uri))
                .headers(tokens.viewerOf("acme"))
                .headers(headers -> headers.addAll(more))
                .exchange()
                .expectBody()
                .returnResult();
    }

    /** Forces a round of {@code provider}'s market, with the token that {@code headers} bring. */
    public EntityExchangeResult<byte[]> refresh(String provider, Consumer<HttpHeaders> headers) {
        return client.post()
                .uri(URI.create(base + "/v1/markets/" + provider + ":refresh"))
                .headers(headers)
                .exchange()
                .expectBody()
                .returnResult();
    }

    /** The body of {@code answer} as text; empty when there is none. */
    public static String text(EntityExchangeResult<byte[]> answer) {
        var body = answer.getResponseBody();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    /** The body of a 200. */
    public JsonNode get(String uri) {
        return body(uri, HttpStatus.OK);
    }

    /** The body of a 400. */
    public JsonNode problem(String uri) {
        return body(uri, HttpStatus.BAD_REQUEST);
    }

    private JsonNode body(String uri, HttpStatus expected) {
        var answer = exchange(uri);
        assertThat(answer.getStatus()).as(uri).isEqualTo(expected);
        return JSON.readTree(Objects.requireNonNull(answer.getResponseBody()));
    }

    public int status(String uri) {
        return exchange(uri).getStatus().value();
    }

    public String etag(String uri) {
        return Objects.requireNonNull(exchange(uri).getResponseHeaders().getETag());
    }

    /** The status of asking again with an ETag. */
    public int statusUnless(String uri, String etag) {
        var condition = new HttpHeaders();
        condition.setIfNoneMatch(etag);
        return exchange(uri, condition).getStatus().value();
    }

    /** The ids on a page; none while the answer is no page. */
    public List<String> ids(String uri) {
        return status(uri) == HttpStatus.OK.value() ? ids(get(uri)) : List.of();
    }

    public static List<String> ids(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    /** The error of each source; empty for a source that is well. */
    public Map<String, String> sources() {
        return get("/v1/offerings")
                .path("sources")
                .valueStream()
                .collect(Collectors.toMap(
                        source -> source.path("source").asString(),
                        source -> source.path("error").asString("")));
    }

    /** Whether every source of an answer is marked stale. */
    public boolean allStale() {
        return get("/v1/offerings")
                .path("sources")
                .valueStream()
                .allMatch(source -> source.path("stale").asBoolean());
    }

    public static JsonNode read(String json) {
        return JSON.readTree(json);
    }
}
