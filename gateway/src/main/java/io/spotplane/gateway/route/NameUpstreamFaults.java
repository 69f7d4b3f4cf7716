package io.spotplane.gateway.route;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Says which fault of a connection to a service means what. Outside of the filter that writes responses (-1), so that a service
 * that is cut off after its headers is named too, as long as nothing has been sent to the client.
 */
@Component
class NameUpstreamFaults implements GlobalFilter, Ordered {

    private static final int AROUND_WRITING = -2;
    private static final Duration SOON = Duration.ofSeconds(2);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange)
                .onErrorMap(IOException.class, fault -> exchange.getResponse().isCommitted() ? fault : named(fault));
    }

    private static Throwable named(Throwable fault) {
        return switch (fault) {
            // Our own client has gone away; there is nobody to answer.
            case AbortedException gone -> gone;
            case ConnectException ignored -> unavailable();
            case UnknownHostException ignored -> unavailable();
            default ->
                ProblemException.of(
                        ProblemType.UPSTREAM_FAILED, "the service behind this path broke off before it had answered");
        };
    }

    private static ProblemException unavailable() {
        return ProblemException.retryLater(
                ProblemType.UNAVAILABLE, "the service behind this path cannot be reached", SOON);
    }

    @Override
    public int getOrder() {
        return AROUND_WRITING;
    }
}
