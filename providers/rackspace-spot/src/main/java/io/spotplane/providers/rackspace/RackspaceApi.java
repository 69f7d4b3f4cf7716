package io.spotplane.providers.rackspace;

import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.HttpAnswer;
import java.time.Duration;
import java.util.List;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** The resource API, as far as the market needs it: the server classes. */
final class RackspaceApi {

    private static final String OPERATION = "serverclasses";

    private final WebClient http;
    private final RackspaceLogin login;
    private final Duration callTimeout;
    private final CallGuard guard;
    private final RackspaceFaults faults;

    RackspaceApi(WebClient http, RackspaceLogin login, Duration callTimeout, CallGuard guard, RackspaceFaults faults) {
        this.http = http;
        this.login = login;
        this.callTimeout = callTimeout;
        this.guard = guard;
        this.faults = faults;
    }

    /** All of them, in one list. A bearer that is refused before its time is exchanged once. */
    Mono<List<ServerClass>> serverClasses() {
        return login.bearer()
                .flatMap(bearer ->
                        ask(bearer).onErrorResume(RackspaceFaults::isUnauthorised, refused -> askInsteadOf(bearer)))
                .onErrorMap(failure -> faults.judge(failure).ofRead(Rackspace.PROVIDER, OPERATION, null))
                .transform(guard.aroundRead("rackspace." + OPERATION));
    }

    private Mono<List<ServerClass>> askInsteadOf(String refused) {
        return login.bearerInsteadOf(refused).flatMap(this::ask);
    }

    private Mono<List<ServerClass>> ask(String bearer) {
        return http.get()
                .uri("/apis/ngpc.rxt.io/v1/serverclasses")
                .headers(headers -> headers.setBearerAuth(bearer))
                .exchangeToMono(HttpAnswer::read)
                .timeout(callTimeout)
                .publishOn(Schedulers.boundedElastic())
                .map(this::read);
    }

    private List<ServerClass> read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw faults.refused(answer);
        }
        var items = Documents.object(answer)
                .map(list -> list.path("items"))
                .filter(JsonNode::isArray)
                .orElseThrow(() -> faults.unreadable(answer));
        return items.valueStream().map(ServerClass::of).toList();
    }
}
