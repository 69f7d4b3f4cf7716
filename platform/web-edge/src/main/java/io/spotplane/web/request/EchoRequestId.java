package io.spotplane.web.request;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request an id: the client's {@code X-Request-Id} when it has a harmless form, otherwise a new one. It is echoed, passed
 * on and logged. First of all filters, so that refusals carry it too.
 */
final class EchoRequestId implements WebFilter, Ordered {

    static final String HEADER = "X-Request-Id";

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var id = given(exchange).orElseGet(() -> UUID.randomUUID().toString());
        exchange.getResponse().getHeaders().set(HEADER, id);
        var request = exchange.getRequest().mutate().header(HEADER, id).build();
        return chain.filter(exchange.mutate().request(request).build())
                .contextWrite(RequestContext.requestId(exchange, id));
    }

    private static Optional<String> given(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getRequest().getHeaders().getFirst(HEADER))
                .filter(id -> HARMLESS.matcher(id).matches());
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
