package io.spotplane.gateway.route;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** An API's answers are data: no browser may run, frame or refer to them. Spring Security adds nosniff and the rest. */
@Component
class SecureResponses implements WebFilter, Ordered {

    private static final int EARLY = Ordered.HIGHEST_PRECEDENCE + 2;

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse()
                .beforeCommit(() -> Mono.fromRunnable(() -> {
                    var headers = exchange.getResponse().getHeaders();
                    headers.set(
                            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
                    headers.set("Referrer-Policy", "no-referrer");
                }));
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return EARLY;
    }
}
