package io.spotplane.web.request;

import io.micrometer.context.ContextRegistry;
import java.util.function.Function;
import org.slf4j.MDC;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;

/** The keys that ride in the Reactor context and appear in the logs ({@code %X{tenant}}, {@code %X{requestId}}). */
public final class RequestContext {

    private static final String TENANT = "tenant";
    private static final String REQUEST_ID = "requestId";

    private RequestContext() {}

    /** Remembers the tenant with the exchange and writes it; for {@code contextWrite}. */
    public static Function<Context, Context> tenant(ServerWebExchange exchange, String tenant) {
        exchange.getAttributes().put(attribute(TENANT), tenant);
        return context -> context.put(TENANT, tenant);
    }

    /** Writes what is known of the request by now; for work outside of the filters, such as answering a failure. */
    public static Function<Context, Context> of(ServerWebExchange exchange) {
        return context -> with(with(context, exchange, TENANT), exchange, REQUEST_ID);
    }

    static Function<Context, Context> requestId(ServerWebExchange exchange, String id) {
        exchange.getAttributes().put(attribute(REQUEST_ID), id);
        return context -> context.put(REQUEST_ID, id);
    }

    private static Context with(Context context, ServerWebExchange exchange, String key) {
        String value = exchange.getAttribute(attribute(key));
        return value == null ? context : context.put(key, value);
    }

    private static String attribute(String key) {
        return RequestContext.class.getName() + "." + key;
    }

    /** Lets both keys follow the context into whichever thread logs. */
    static void followIntoLogs(ContextRegistry registry) {
        follow(registry, TENANT);
        follow(registry, REQUEST_ID);
    }

    private static void follow(ContextRegistry registry, String key) {
        registry.registerThreadLocalAccessor(
                key, () -> MDC.get(key), value -> MDC.put(key, value), () -> MDC.remove(key));
    }
}
