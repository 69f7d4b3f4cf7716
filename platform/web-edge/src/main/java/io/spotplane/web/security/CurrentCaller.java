package io.spotplane.web.security;

import io.spotplane.web.Caller;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who is asking in an exchange, for filters; controllers take a {@link Caller} as an argument. */
public final class CurrentCaller {

    private CurrentCaller() {}

    /** The caller whose token was checked; empty on a public path without a token. */
    public static Mono<Caller> of(ServerWebExchange exchange) {
        return exchange.getPrincipal().ofType(Callers.Authenticated.class).map(Callers.Authenticated::caller);
    }
}
