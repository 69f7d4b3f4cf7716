package io.spotplane.web.request;

import io.micrometer.context.ContextRegistry;
import java.util.function.Function;
import org.slf4j.MDC;
import reactor.util.context.Context;

/** The keys that ride in the Reactor context and appear in the logs ({@code %X{tenant}}, {@code %X{requestId}}). */
public final class RequestContext {

    private static final String TENANT = "tenant";
    private static final String REQUEST_ID = "requestId";

    private RequestContext() {}

    /** Writes the tenant; for {@code contextWrite}. */
    public static Function<Context, Context> tenant(String tenant) {
        return context -> tenant.isEmpty() ? context : context.put(TENANT, tenant);
    }

    static Function<Context, Context> requestId(String id) {
        return context -> context.put(REQUEST_ID, id);
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
