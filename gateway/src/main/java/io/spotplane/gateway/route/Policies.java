package io.spotplane.gateway.route;

import static org.springframework.cloud.gateway.support.RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR;

import io.spotplane.gateway.limit.LimitRate;
import java.net.ConnectException;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.factory.RetryGatewayFilterFactory.RetryConfig;
import org.springframework.cloud.gateway.route.builder.GatewayFilterSpec;
import org.springframework.cloud.gateway.route.builder.UriSpec;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus.Series;
import org.springframework.stereotype.Component;

/** What a route does around its call, by name. First the rate, then the breaker, then at most one retry, then the call. */
@Component
class Policies {

    /** Switches the gateway's response time-out off; the service's heartbeats and the client decide when a stream ends. */
    private static final int NEVER = -1;

    private final LimitRate limit;
    private final BreakCircuit breakers;
    private final RouteSettings settings;

    Policies(LimitRate limit, BreakCircuit breakers, RouteSettings settings) {
        this.limit = limit;
        this.breakers = breakers;
        this.settings = settings;
    }

    /** Answers soon, and may be asked once more when nobody listened. */
    UriSpec read(GatewayFilterSpec route) {
        return within(settings.readTimeout(), guarded(route, "read").retry(Policies::onceIfNobodyListened));
    }

    /** Never sent twice: a write whose answer is missing may have happened. */
    UriSpec write(GatewayFilterSpec route) {
        return within(settings.writeTimeout(), guarded(route, "write"));
    }

    /** Thinks before it answers, and is asked less often than what only looks something up. */
    UriSpec compute(GatewayFilterSpec route) {
        return within(settings.writeTimeout(), guarded(route, "compute"));
    }

    /** Makes a provider work: rare, whoever asks. */
    UriSpec refresh(GatewayFilterSpec route) {
        return within(settings.writeTimeout(), guarded(route, "refresh"));
    }

    /** Opens soon or not at all, then stays open. */
    UriSpec stream(GatewayFilterSpec route) {
        return guarded(route, "stream").metadata(RESPONSE_TIMEOUT_ATTR, NEVER);
    }

    private GatewayFilterSpec guarded(GatewayFilterSpec route, String policy) {
        return route.filter(limit.by(policy)).filter(breakers.filter());
    }

    private static UriSpec within(Duration timeout, GatewayFilterSpec route) {
        return route.metadata(RESPONSE_TIMEOUT_ATTR, timeout.toMillis());
    }

    private static void onceIfNobodyListened(RetryConfig retry) {
        retry.setRetries(1)
                .setMethods(HttpMethod.GET, HttpMethod.HEAD)
                .setSeries(new Series[0])
                .setExceptions(ConnectException.class);
    }
}
