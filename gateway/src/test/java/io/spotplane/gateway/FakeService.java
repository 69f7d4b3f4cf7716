package io.spotplane.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A service that remembers what reached it and misbehaves on demand: the last segment of the path says how. */
public final class FakeService implements AutoCloseable {

    private final String name;
    private final DisposableServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    private FakeService(String name, int port) {
        this.name = name;
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle(this::answer)
                .bindNow();
    }

    public static FakeService named(String name) {
        return new FakeService(name, 0);
    }

    public int port() {
        return server.port();
    }

    public String uri() {
        return "http://127.0.0.1:" + port();
    }

    public List<Seen> seen() {
        return seen;
    }

    /** What paths without special meaning answer from now on. */
    public void answerWith(int status) {
        this.status = status;
    }

    public void reset() {
        seen.clear();
        status = 200;
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(1));
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            seen.add(new Seen(
                    request.method().name(),
                    request.uri(),
                    request.requestHeaders().copy(),
                    body));
            var path = request.fullPath();
            return behave(path.substring(path.lastIndexOf('/') + 1), request, response);
        });
    }

    private Mono<Void> behave(String how, HttpServerRequest request, HttpServerResponse response) {
        return switch (how) {
            case "hang" -> Mono.never();
            case "cut" ->
                Mono.fromRunnable(() -> request.withConnection(
                        connection -> connection.channel().close()));
            case "half" ->
                response.header("Content-Length", "1000")
                        .sendString(Mono.just("{").concatWith(Mono.error(new IllegalStateException("cut"))))
                        .then();
            case "events" ->
                response.sse()
                        .sendString(Flux.just("data: one\n\n")
                                .concatWith(Mono.delay(Duration.ofMillis(1500)).map(tick -> "data: two\n\n")))
                        .then();
            case "api-docs" ->
                json(response, "{\"paths\":{\"/v1/%s\":{\"get\":{\"operationId\":\"list\"}}}}".formatted(name));
            default -> json(response.status(status), "{\"service\":\"%s\"}".formatted(name));
        };
    }

    private static Mono<Void> json(HttpServerResponse response, String body) {
        return response.header("Content-Type", "application/json")
                .header("Server", "inner/1.0")
                .header("X-Request-Id", "inner")
                .sendString(Mono.just(body))
                .then();
    }

    /** One request as it arrived. */
    public record Seen(String method, String uri, HttpHeaders headers, String body) {}
}
