package io.spotplane.web.problem;

import io.spotplane.web.request.RequestContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** The last stop of every fault that leaves the filters; before Boot's own handler (-1), which then never has work. */
final class ProblemExceptionHandler implements WebExceptionHandler, Ordered {

    private static final int BEFORE_BOOT = -2;

    private final ProblemResponses responses;

    ProblemExceptionHandler(ProblemResponses responses) {
        this.responses = responses;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable fault) {
        return responses.write(exchange, fault).contextWrite(RequestContext.of(exchange));
    }

    @Override
    public int getOrder() {
        return BEFORE_BOOT;
    }
}
