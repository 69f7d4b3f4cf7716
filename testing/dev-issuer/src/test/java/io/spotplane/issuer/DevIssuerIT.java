package io.spotplane.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The issuer on a real port, asked as clients ask it. */
class DevIssuerIT {

    private static final String SECRET = "a-secret-of-this-test";

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext issuer;
    private static URI address;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        issuer = started(Map.of());
        address = addressOf(issuer);
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void givesAnAccessTokenThatServicesAccept() throws Exception {
        // When
        var answer = JSONObjectUtils.parse(ask(SECRET, "grant_type=client_credentials&tenant=acme&role=viewer")
                .body());
        // Then
        var token = SignedJWT.parse((String) answer.get("access_token"));
        var claims = token.getJWTClaimsSet();
        assertThat(token.verify(new RSASSAVerifier(keys().getKeys().getFirst().toRSAKey())))
                .isTrue();
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(claims.getIssuer()).isEqualTo(address.toString());
        assertThat(claims.getAudience()).containsExactly("spotplane");
        assertThat(claims.getSubject()).isEqualTo("spotplane-cli");
        assertThat(claims.getStringClaim("tenant")).isEqualTo("acme");
        assertThat(claims.getStringListClaim("roles")).isEqualTo(List.of("viewer"));
        assertThat(((Number) answer.get("expires_in")).intValue()).isBetween(3590, 3600);
    }

    @Test
    void aTokenMayBeShortLived() throws Exception {
        var answer = JSONObjectUtils.parse(
                ask(SECRET, "grant_type=client_credentials&expires_in=5").body());
        assertThat(SignedJWT.parse((String) answer.get("access_token"))
                        .getJWTClaimsSet()
                        .getExpirationTime()
                        .toInstant())
                .isBefore(Instant.now().plusSeconds(6));
    }

    @Test
    void theDiscoveryDocumentNamesTheKeysWithoutTheirPrivateHalf() throws Exception {
        assertThat(get("/.well-known/openid-configuration").get("jwks_uri")).isEqualTo(address + "/oauth2/jwks");
        assertThat(keys().getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials&role=root",
                "grant_type=client_credentials&tenant=A%20B",
                "grant_type=client_credentials&tenant=a&tenant=b",
                "grant_type=client_credentials&expires_in=0"
            })
    void saysWhichFieldIsWrong(String form) throws Exception {
        var answer = ask(SECRET, form);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_request");
    }

    @Test
    void refusesAWrongSecretAndOtherGrants() throws Exception {
        assertThat(ask("wrong", "grant_type=client_credentials").statusCode()).isEqualTo(401);
        assertThat(ask(SECRET, "grant_type=password&username=a&password=b").statusCode())
                .isEqualTo(400);
        assertThat(ask(SECRET, "grant_type=authorization_code&code=x&redirect_uri=x")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void healthIsOpenAndNothingElse() throws Exception {
        assertThat(status("/actuator/health/readiness")).isEqualTo(200);
        assertThat(status("/actuator/env")).isEqualTo(401);
        assertThat(status("/")).isEqualTo(401);
    }

    @Test
    void keepsItsKeyOverARestart() throws Exception {
        // Given
        var before = keys().toString();
        // When
        try (var again = started(Map.of())) {
            var after = http.send(
                    HttpRequest.newBuilder(addressOf(again).resolve("/oauth2/jwks"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            // Then
            assertThat(JWKSet.parse(after.body()).toString()).isEqualTo(before);
        }
    }

    @Test
    void refusesToStartInProductionOrWithoutASecret() {
        assertThatThrownBy(() -> started(Map.of("spring.profiles.active", "prod")))
                .hasStackTraceContaining("does not run with the profile prod");
        assertThatThrownBy(() -> started(Map.of("spotplane.issuer.client-secret", "")))
                .hasStackTraceContaining("clientSecret");
    }

    private static ConfigurableApplicationContext started(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "server.port",
                "0",
                "spotplane.issuer.uri",
                "",
                "spotplane.issuer.key-file",
                folder.resolve("issuer.jwk").toString(),
                "spotplane.issuer.client-secret",
                SECRET));
        settings.putAll(changes);
        return new SpringApplicationBuilder(DevIssuer.class)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    private static URI addressOf(ConfigurableApplicationContext application) {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));
    }

    private HttpResponse<String> ask(String secret, String form) throws Exception {
        var basic = Base64.getEncoder().encodeToString(("spotplane-cli:" + secret).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(address.resolve("/oauth2/token"))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JWKSet keys() throws Exception {
        return JWKSet.parse(get("/oauth2/jwks"));
    }

    private Map<String, Object> get(String path) throws Exception {
        return JSONObjectUtils.parse(
                http.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private int status(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
