package io.spotplane.gateway.route;

import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Keeps what services say about themselves inside, and leaves to the gateway the headers that it writes itself. */
@Component
class DropInnerHeaders implements HttpHeadersFilter {

    private static final Set<String> INNER =
            Set.of("Server", "X-Powered-By", "Via", "X-Request-Id", "RateLimit", "RateLimit-Policy", "Set-Cookie");

    @Override
    public HttpHeaders filter(HttpHeaders given, ServerWebExchange exchange) {
        var kept = new HttpHeaders();
        kept.putAll(given);
        INNER.forEach(kept::remove);
        return kept;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}
