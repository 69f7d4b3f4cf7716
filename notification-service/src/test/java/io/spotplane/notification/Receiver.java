package io.spotplane.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** A webhook receiver with a memory; how it answers is said per path. */
final class Receiver implements AutoCloseable {

    /** An answer that never comes. */
    static final int SILENCE = 0;

    private final HttpServer server;
    private final Map<String, List<Call>> calls = new ConcurrentHashMap<>();
    private final Map<String, IntUnaryOperator> answers = new ConcurrentHashMap<>();

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    /** The address of {@code path}, whose n-th call (from 1 on) is answered with the status {@code answer} gives. */
    String answering(String path, IntUnaryOperator answer) {
        answers.put(path, answer);
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    List<Call> callsOf(String path) {
        return calls.computeIfAbsent(path, unused -> new CopyOnWriteArrayList<>());
    }

    private void receive(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var received = callsOf(path);
        received.add(
                new Call(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body, Instant.now()));
        int status = answers.get(path).applyAsInt(received.size());
        if (status != SILENCE) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A call that arrived. */
    record Call(HttpHeaders headers, String body, Instant at) {

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }
}
