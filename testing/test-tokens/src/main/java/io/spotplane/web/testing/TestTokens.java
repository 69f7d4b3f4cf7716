package io.spotplane.web.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpHeaders;

/**
 * An issuer of tokens on loopback. The usual ones are ready for a web client:
 * {@code client.get().uri("/v1/offerings").headers(tokens.operatorOf("acme"))}; a damaged one is made with {@link #forged}.
 */
public final class TestTokens implements AutoCloseable {

    private static final String KEY_ID = "test";
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final RSAKey key;
    private final HttpServer server;
    private final AtomicInteger keyRequests = new AtomicInteger();

    private TestTokens(RSAKey key, HttpServer server) {
        this.key = key;
        this.server = server;
    }

    /** The issuer of this JVM, started on first use. */
    public static TestTokens shared() {
        return Shared.INSTANCE;
    }

    /** Starts an issuer with a key of its own. */
    public static TestTokens start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            var tokens = new TestTokens(
                    new RSAKeyGenerator(2048)
                            .keyID(KEY_ID)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.RS256)
                            .generate(),
                    server);
            server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, tokens.discovery()));
            server.createContext("/oauth2/jwks", exchange -> {
                tokens.keyRequests.incrementAndGet();
                answer(exchange, new JWKSet(tokens.key).toString());
            });
            server.start();
            return tokens;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** The issuer's address, which is also its name in tokens. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often the keys were fetched. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** May read. */
    public Consumer<HttpHeaders> viewerOf(String tenant) {
        return bearer(token(tenant, "viewer"));
    }

    /** May read and spend. */
    public Consumer<HttpHeaders> operatorOf(String tenant) {
        return bearer(token(tenant, "operator"));
    }

    /** May do everything. */
    public Consumer<HttpHeaders> platformAdminOf(String tenant) {
        return bearer(token(tenant, "platform-admin"));
    }

    /** A good token of that tenant with that role. */
    public String token(String tenant, String role) {
        return signed(key, header(), claims(tenant, role).build());
    }

    /** A token that differs from an operator's good one of tenant {@code acme} in what {@code change} does to its claims. */
    public String forged(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(key, header(), change.apply(claims("acme", "operator")).build());
    }

    /** A good token in all but its kind ({@code typ}). */
    public String ofKind(String typ) {
        return signed(
                key,
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(KEY_ID)
                        .type(new JOSEObjectType(typ))
                        .build(),
                claims("acme", "operator").build());
    }

    /** A good token in all but its signature, which is by a key with that id that the issuer does not have. */
    public String signedByStranger(String keyId) {
        try {
            var stranger = new RSAKeyGenerator(2048).keyID(keyId).generate();
            return signed(
                    stranger,
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(keyId)
                            .type(new JOSEObjectType("at+jwt"))
                            .build(),
                    claims("acme", "operator").build());
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** Sends {@code token} as a bearer token. */
    public static Consumer<HttpHeaders> bearer(String token) {
        return headers -> headers.setBearerAuth(token);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private JWTClaimsSet.Builder claims(String tenant, String role) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("spotplane")
                .subject(role + "@" + tenant)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim("tenant", tenant)
                .claim("roles", List.of(role));
    }

    private static JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(KEY_ID)
                .type(new JOSEObjectType("at+jwt"))
                .build();
    }

    private static String signed(RSAKey key, JWSHeader header, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private String discovery() {
        return "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/oauth2/jwks\"}".formatted(issuer());
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static final class Shared {
        private static final TestTokens INSTANCE = start();
    }
}
