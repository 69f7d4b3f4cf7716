package io.spotplane.gateway.route;

import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets no client speak for the gateway: where a request came from, who asks and until when are things that services hear from us
 * or read from the token. Cookies mean nothing here, and baggage would be copied into every span and event.
 */
@Component
class DropForgedHeaders implements HttpHeadersFilter {

    private static final Set<String> FORGED = Set.of(
            "forwarded",
            "x-real-ip",
            "x-client-ip",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override",
            "x-tenant",
            "x-tenant-id",
            "x-user",
            "x-roles",
            "x-request-deadline",
            "baggage",
            "cookie");

    @Override
    public HttpHeaders filter(HttpHeaders given, ServerWebExchange exchange) {
        var kept = new HttpHeaders();
        given.forEach((name, values) -> {
            if (!isForged(name.toLowerCase(Locale.ROOT))) {
                kept.put(name, values);
            }
        });
        return kept;
    }

    private static boolean isForged(String name) {
        return FORGED.contains(name) || name.startsWith("x-forwarded-");
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.REQUEST;
    }
}
