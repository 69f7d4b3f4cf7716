package io.spotplane.providers.rackspace;

import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Exchanges the refresh token for a bearer, which is the <em>{@code id_token}</em> of the answer, and keeps it until a minute before its end. One exchange at a time, whoever waits.
 */
final class RackspaceLogin {

    private static final Duration EARLY = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    private final WebClient http;
    private final String clientId;
    private final Secret refreshToken;
    private final Duration callTimeout;
    private final RackspaceFaults faults;
    private final InstantSource time;
    private final Mono<Bearer> current;
    private volatile String refused = "";

    RackspaceLogin(
            WebClient http,
            String clientId,
            Secret refreshToken,
            Duration callTimeout,
            RackspaceFaults faults,
            InstantSource time) {
        this.http = http;
        this.clientId = clientId;
        this.refreshToken = refreshToken;
        this.callTimeout = callTimeout;
        this.faults = faults;
        this.time = time;
        this.current = Mono.defer(this::exchange).cacheInvalidateIf(this::isOver);
    }

    /** A bearer that is good for a while. */
    Mono<String> bearer() {
        return current.map(Bearer::token);
    }

    /** Another bearer than {@code token}, which the API refused before its time. */
    Mono<String> bearerInsteadOf(String token) {
        refused = token;
        return bearer();
    }

    private boolean isOver(Bearer bearer) {
        return bearer.token().equals(refused) || !time.instant().isBefore(bearer.end());
    }

    private Mono<Bearer> exchange() {
        return http.post()
                .uri("/oauth/token")
                .body(BodyInserters.fromFormData("grant_type", "refresh_token")
                        .with("client_id", clientId)
                        .with("refresh_token", refreshToken.reveal()))
                .exchangeToMono(HttpAnswer::read)
                .timeout(callTimeout)
                .map(this::read);
    }

    private Bearer read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw faults.notLoggedIn(answer);
        }
        var body = Documents.object(answer).orElseThrow(() -> faults.unreadable(answer));
        return Optional.of(Documents.text(body.path("id_token")))
                .filter(token -> !token.isEmpty())
                .map(token -> new Bearer(
                        token, end(Documents.count(body.path("expires_in")).orElse(0))))
                .orElseThrow(() -> faults.unreadable(answer));
    }

    /** A life that is not told, or is shorter than we are early, still serves the calls of this moment. */
    private Instant end(int seconds) {
        var life = Duration.ofSeconds(seconds);
        return time.instant().plus(life.compareTo(SHORTEST) < 0 ? life.dividedBy(2) : life.minus(EARLY));
    }

    /** Its text never shows the token. */
    private record Bearer(String token, Instant end) {
        @Override
        public String toString() {
            return "Bearer[*** until " + end + "]";
        }
    }
}
