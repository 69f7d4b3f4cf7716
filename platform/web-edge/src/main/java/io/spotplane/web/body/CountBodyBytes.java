package io.spotplane.web.body;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses bodies above the limit: at once when {@code Content-Length} admits it, otherwise at the byte that is too much. Compressed
 * bodies are refused, because their size on the wire says nothing.
 */
final class CountBodyBytes implements WebFilter, Ordered {

    private static final int AFTER_REQUEST_ID = Ordered.HIGHEST_PRECEDENCE + 1;

    private final DataSize limit;

    CountBodyBytes(DataSize limit) {
        this.limit = limit;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var headers = exchange.getRequest().getHeaders();
        if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            return Mono.error(
                    ProblemException.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the body without Content-Encoding"));
        }
        if (headers.getContentLength() > limit.toBytes()) {
            return Mono.error(tooLarge());
        }
        return chain.filter(
                exchange.mutate().request(counted(exchange.getRequest())).build());
    }

    private ServerHttpRequest counted(ServerHttpRequest request) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                var seen = new AtomicLong();
                return super.getBody().handle((chunk, sink) -> {
                    if (seen.addAndGet(chunk.readableByteCount()) > limit.toBytes()) {
                        DataBufferUtils.release(chunk);
                        sink.error(tooLarge());
                    } else {
                        sink.next(chunk);
                    }
                });
            }
        };
    }

    private ProblemException tooLarge() {
        return ProblemException.of(
                ProblemType.PAYLOAD_TOO_LARGE, "the body has more than " + limit.toKilobytes() + " KiB");
    }

    @Override
    public int getOrder() {
        return AFTER_REQUEST_ID;
    }
}
