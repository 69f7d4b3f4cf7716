package io.spotplane.web.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.jwk.JWKSet;
import io.netty.channel.ChannelOption;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Where the keys are: OpenID Connect discovery at the issuer, or a fixed address. Nothing is fetched before the first token. */
final class Issuer {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final WebClient http;
    private final String uri;
    private final @Nullable String fixedKeys;

    Issuer(String uri, @Nullable String fixedKeys) {
        this.uri = uri;
        this.fixedKeys = fixedKeys;
        this.http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)))
                .build();
    }

    /** The present keys; {@code UNAVAILABLE} when the issuer does not give them in time. */
    Mono<JWKSet> keys() {
        return keysAddress()
                .flatMap(address -> get(address, String.class))
                .map(Issuer::parsed)
                .timeout(ANSWER_WITHIN)
                .onErrorMap(fault -> new IssuerAway(uri, fault))
                .checkpoint("fetch the keys of " + uri);
    }

    private Mono<String> keysAddress() {
        return fixedKeys != null
                ? Mono.just(fixedKeys)
                : get(withoutSlash(uri) + "/.well-known/openid-configuration", Discovery.class)
                        .map(Discovery::keys);
    }

    private <T> Mono<T> get(String address, Class<T> type) {
        return http.get().uri(address).retrieve().bodyToMono(type);
    }

    private static JWKSet parsed(String json) {
        try {
            return JWKSet.parse(json);
        } catch (ParseException fault) {
            throw new IllegalStateException("The issuer's answer is not a JSON Web Key Set", fault);
        }
    }

    private static String withoutSlash(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    /** The one line of the discovery document that we need (OpenID Connect Discovery 1.0, section 3). */
    private record Discovery(@JsonProperty("jwks_uri") String keys) {}

    /** The issuer's keys cannot be had; the cause says why and stays in our logs. */
    static final class IssuerAway extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private IssuerAway(String uri, Throwable cause) {
            super("The issuer " + uri + " does not give its keys", cause);
        }

        static @Nullable ProblemException asProblem(Throwable fault) {
            return fault instanceof IssuerAway
                    ? ProblemException.retryLater(
                            ProblemType.UNAVAILABLE,
                            "the token cannot be checked because its issuer does not answer",
                            RETRY_AFTER)
                    : null;
        }
    }
}
