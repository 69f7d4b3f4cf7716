package io.spotplane.web.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.spotplane.contracts.problem.ProblemType;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request target that is no URI ({@code /v1/things/{id}} with the braces) is refused below the filters, with a bare 400. It gets its
 * problem here, on the way out of the server.
 */
final class AnswerUnreadableTargets implements NettyServerCustomizer {

    private final byte[] problem;
    private final Counter counter;

    AnswerUnreadableTargets(JsonMapper json, MeterRegistry meters) {
        var refusal = Refusal.of(
                ProblemType.INVALID_REQUEST, "the request target is not a URI; encode its special characters");
        // The path cannot be told: it is what could not be read.
        this.problem = json.writeValueAsBytes(refusal.at("", null));
        this.counter = ProblemResponses.counter(meters, refusal.type());
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.mapHandle((handled, connection) -> handled.then(Mono.defer(() -> answerIfNobodyDid(connection))));
    }

    private Mono<Void> answerIfNobodyDid(Connection connection) {
        return connection instanceof HttpServerResponse response
                        && !response.hasSentHeaders()
                        && response.status().code() == ProblemType.INVALID_REQUEST.status()
                ? answer(response)
                : Mono.empty();
    }

    private Mono<Void> answer(HttpServerResponse response) {
        counter.increment();
        return response.header("Content-Type", MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .header("Content-Length", Integer.toString(problem.length))
                .sendObject(Mono.just(Unpooled.wrappedBuffer(problem)))
                .then();
    }
}
