package io.spotplane.providers.openstack;

import io.spotplane.providers.openstack.KeystoneWire.Endpoint;
import io.spotplane.providers.openstack.KeystoneWire.TokenAnswer;
import io.spotplane.providers.openstack.KeystoneWire.TokenRequest;
import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sessions with the cloud. One at a time for all callers: whoever finds it spent renews it, and the others wait for that one renewal.
 */
final class Keystone {

    private static final String LOGIN = "openstack.login";

    private final OpenStackSettings settings;
    private final WebClient http;
    private final JsonMapper json;
    private final OpenStackFaults faults;
    private final InstantSource clock;
    private final Mono<Session> session;

    Keystone(
            OpenStackSettings settings,
            WebClient http,
            JsonMapper json,
            OpenStackFaults faults,
            CallGuard guard,
            InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.json = json;
        this.faults = faults;
        this.clock = clock;
        this.session = login().transform(guard.aroundRead(LOGIN)).cacheInvalidateIf(held -> held.isSpent(clock));
    }

    /** A session that is not spent. */
    Mono<Session> session() {
        return session;
    }

    private Mono<Session> login() {
        return Mono.defer(() -> http.post()
                        .uri(settings.tokensUrl())
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(json.writeValueAsString(TokenRequest.of(settings)))
                        .exchangeToMono(HttpAnswer::read))
                .timeout(settings.callTimeout())
                .flatMap(answer -> faults.unlessRefused(LOGIN, answer))
                .map(this::toSession)
                .onErrorMap(fault -> faults.toFault(LOGIN, fault));
    }

    private Session toSession(HttpAnswer answer) {
        var token = Optional.ofNullable(answer.headers().getFirst("X-Subject-Token"))
                .orElseThrow(() -> new IllegalStateException("no X-Subject-Token in the answer"));
        var body = json.readValue(answer.body(), TokenAnswer.class).token();
        return new Session(Secret.of(token), compute(body), clock.instant(), body.expiresAt());
    }

    private URI compute(KeystoneWire.Token token) {
        return Stream.ofNullable(token.catalog())
                .flatMap(List::stream)
                .filter(service -> service.type().equals("compute"))
                .flatMap(service -> Stream.ofNullable(service.endpoints()).flatMap(List::stream))
                .filter(endpoint -> endpoint.interfaceName().equals(settings.interfaceName()))
                .filter(endpoint -> endpoint.isIn(settings.regionName()))
                .map(Endpoint::url)
                .findFirst()
                .map(url -> URI.create(url.replaceAll("/+$", "")))
                .orElseThrow(() -> new IllegalStateException("the catalog has no compute endpoint with interface "
                        + settings.interfaceName() + " in region " + settings.regionName()));
    }
}
