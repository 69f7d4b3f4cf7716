package io.spotplane.web.security;

import io.spotplane.web.Caller;
import io.spotplane.web.request.RequestContext;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Puts the caller's tenant beside every log line of its request. Runs right after Spring Security's filter (-100). */
final class TenantContext implements WebFilter, Ordered {

    private static final int AFTER_SECURITY = -99;

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return CurrentCaller.of(exchange)
                .map(Caller::tenant)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(tenant -> tenant.map(
                                known -> chain.filter(exchange).contextWrite(RequestContext.tenant(exchange, known)))
                        .orElseGet(() -> chain.filter(exchange)));
    }

    @Override
    public int getOrder() {
        return AFTER_SECURITY;
    }
}
