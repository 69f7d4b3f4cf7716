package io.spotplane.web.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.problem.Problem;
import io.spotplane.contracts.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a failed exchange with {@code application/problem+json}, counts it as {@code spotplane.problems} and logs what is
 * ours to mend.
 */
public final class ProblemResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    private final Diagnosis diagnosis;
    private final JsonMapper json;
    private final MeterRegistry meters;

    ProblemResponses(Diagnosis diagnosis, JsonMapper json, MeterRegistry meters) {
        this.diagnosis = diagnosis;
        this.json = json;
        this.meters = meters;
    }

    /** Writes the problem that {@code fault} means; fails with the fault itself when the response is already on its way. */
    public Mono<Void> write(ServerWebExchange exchange, Throwable fault) {
        if (DisconnectedClientHelper.isClientDisconnectedException(fault)) {
            return Mono.empty();
        }
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(fault);
        }
        return Mono.defer(() -> send(exchange, fault));
    }

    private Mono<Void> send(ServerWebExchange exchange, Throwable fault) {
        var refusal = diagnosis.of(fault);
        var problem = refusal.at(exchange.getRequest().getPath().value(), CurrentTrace.idOf(exchange));
        log(exchange, fault, problem);
        counter(meters, refusal.type()).increment();
        return body(exchange, refusal, problem);
    }

    private Mono<Void> body(ServerWebExchange exchange, Refusal refusal, Problem problem) {
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(refusal.type().status()));
        // Whatever the failed answer had begun to say about its body is no longer true.
        response.getHeaders().remove(HttpHeaders.ETAG);
        response.getHeaders().remove(HttpHeaders.CONTENT_ENCODING);
        refusal.headers().forEach((name, values) -> response.getHeaders().put(name, values));
        if (refusal.retryAfter() != null) {
            response.getHeaders()
                    .set(HttpHeaders.RETRY_AFTER, Long.toString(Refusal.wholeSeconds(refusal.retryAfter())));
        }
        var bytes = json.writeValueAsBytes(problem);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(bytes.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }

    private static void log(ServerWebExchange exchange, Throwable fault, Problem problem) {
        var request = exchange.getRequest();
        if (problem.status() == ProblemType.INTERNAL.status()) {
            LOG.error("{} {} failed, trace {}", request.getMethod(), problem.instance(), problem.traceId(), fault);
        } else if (problem.status() > ProblemType.INTERNAL.status()) {
            LOG.warn(
                    "{} {} answered {}: {}", request.getMethod(), problem.instance(), problem.code(), fault.toString());
        } else {
            LOG.debug(
                    "{} {} answered {}: {}", request.getMethod(), problem.instance(), problem.code(), problem.detail());
        }
    }

    static Counter counter(MeterRegistry meters, ProblemType type) {
        return Counter.builder("spotplane.problems")
                .description("Answers that were a problem, by its code")
                .tag("code", type.code())
                .register(meters);
    }
}
