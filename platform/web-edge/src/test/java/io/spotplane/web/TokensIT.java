package io.spotplane.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.spotplane.web.sample.SampleService;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Cases 1–17 of the table of bad inputs, over HTTP and with a real issuer. */
@SpringBootTest(classes = SampleService.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@LocalIssuer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensIT {

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    WebTestClient client;

    @BeforeEach
    void connect() {
        client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @Test
    void knowsTheCallerByTheToken() {
        client.get()
                .uri("/v1/me")
                .headers(tokens.operatorOf("acme"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.tenant")
                .isEqualTo("acme")
                .jsonPath("$.subject")
                .isEqualTo("operator@acme")
                .jsonPath("$.permissions")
                .isEqualTo(Role.OPERATOR.permissions().size());
    }

    @Test
    void refusesARequestWithoutTokenAndSaysHowToSendOne() {
        client.get()
                .uri("/v1/me")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAUTHENTICATED")
                .jsonPath("$.instance")
                .isEqualTo("/v1/me")
                .jsonPath("$.traceId")
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void refusesABadToken(String why, String token) {
        client.get()
                .uri("/v1/me")
                .headers(TestTokens.bearer(token))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAUTHENTICATED");
    }

    Stream<Arguments> badTokens() {
        var good = tokens.token("acme", "operator");
        return Stream.of(
                Arguments.of("unsigned", unsigned(good)),
                Arguments.of("HS256", symmetric()),
                Arguments.of("unknown key", tokens.signedByStranger("../../etc/passwd")),
                Arguments.of("same key id, other key", tokens.signedByStranger("test")),
                Arguments.of(
                        "expired 61 s ago",
                        tokens.forged(claims -> claims.issueTime(in(-600)).expirationTime(in(-61)))),
                Arguments.of("no expiry", tokens.forged(claims -> claims.expirationTime(null))),
                Arguments.of(
                        "not valid before five minutes from now",
                        tokens.forged(claims -> claims.notBeforeTime(in(300)))),
                Arguments.of("issued in the future", tokens.forged(claims -> claims.issueTime(in(300)))),
                Arguments.of("other issuer", tokens.forged(claims -> claims.issuer("https://evil.example"))),
                Arguments.of("issuer with a slash", tokens.forged(claims -> claims.issuer(tokens.issuer() + "/"))),
                Arguments.of("other audience", tokens.forged(claims -> claims.audience("another"))),
                Arguments.of("no audience", tokens.forged(claims -> claims.audience((String) null))),
                Arguments.of("no subject", tokens.forged(claims -> claims.subject(null))),
                Arguments.of("no tenant", tokens.forged(claims -> claims.claim("tenant", null))),
                Arguments.of("two tenants", tokens.forged(claims -> claims.claim("tenant", List.of("a", "b")))),
                Arguments.of("tenant of a wrong form", tokens.forged(claims -> claims.claim("tenant", "ACME/../x"))),
                Arguments.of("other kind", tokens.ofKind("dpop+jwt")),
                Arguments.of("signature cut off", good.substring(0, good.lastIndexOf('.') + 1)),
                Arguments.of("two segments", good.substring(0, good.lastIndexOf('.'))),
                Arguments.of("four segments", good + ".AAAA"));
    }

    @Test
    void allowsAMinuteOfSkew() {
        var token = tokens.forged(claims -> claims.issueTime(in(-600)).expirationTime(in(-30)));
        expectAccepted(token);
    }

    @Test
    void acceptsAListOfAudiencesThatHasOurs() {
        expectAccepted(tokens.forged(claims -> claims.audience(List.of("other", "spotplane"))));
    }

    @Test
    void acceptsThePlainKindThatOlderIssuersWrite() {
        expectAccepted(tokens.ofKind("JWT"));
    }

    @Test
    void callsTwoAuthorizationHeadersAnInvalidRequest() {
        client.get()
                .uri("/v1/me")
                .header(HttpHeaders.AUTHORIZATION, "Bearer ", "Bearer x")
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(400, 401));
    }

    @Test
    void ignoresATokenInTheQuery() {
        client.get()
                .uri("/v1/me?access_token=" + tokens.token("acme", "operator"))
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void asksForUnknownKeysAtMostOnceInAWhile() {
        // Given
        expectAccepted(tokens.token("acme", "viewer"));
        client.get()
                .uri("/v1/me")
                .headers(TestTokens.bearer(tokens.signedByStranger("warm")))
                .exchange();
        var before = tokens.keyRequests();
        // When
        for (int i = 0; i < 5; i++) {
            client.get()
                    .uri("/v1/me")
                    .headers(TestTokens.bearer(tokens.signedByStranger("k" + i)))
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
        }
        // Then
        assertThat(tokens.keyRequests()).isEqualTo(before);
    }

    @Test
    void aViewerMayNotSpend() {
        client.post()
                .uri("/v1/things")
                .headers(tokens.viewerOf("acme"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"model\":\"L4\",\"count\":1}")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void anUnknownRoleAllowsNothing() {
        client.get()
                .uri("/v1/me")
                .headers(TestTokens.bearer(tokens.token("acme", "emperor")))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.permissions")
                .isEqualTo(0);
    }

    @Test
    void aPublicPathNeedsNoToken() {
        client.get().uri("/v1/public/thing").exchange().expectStatus().isOk();
        client.get().uri("/v1/public/me").exchange().expectStatus().isUnauthorized();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/gateway/routes", "/.env"})
    void showsNothingOfItsInside(String path) {
        client.get().uri(path).exchange().expectStatus().isUnauthorized();
        client.get()
                .uri(path)
                .headers(tokens.platformAdminOf("acme"))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void probesAndMetricsAreOpenAndTellNoDetail() {
        client.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"status\":\"UP\"}", org.springframework.test.json.JsonCompareMode.STRICT);
        client.get().uri("/actuator/prometheus").exchange().expectStatus().isOk();
    }

    private void expectAccepted(String token) {
        client.get()
                .uri("/v1/me")
                .headers(TestTokens.bearer(token))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String unsigned(String good) {
        var header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));
        return header + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1);
    }

    private String symmetric() {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID("test")
                            .type(new JOSEObjectType("at+jwt"))
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(tokens.issuer())
                            .audience("spotplane")
                            .subject("x")
                            .claim("tenant", "acme")
                            .expirationTime(in(60))
                            .build());
            token.sign(new MACSigner(new byte[32]));
            return token.serialize();
        } catch (com.nimbusds.jose.JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
