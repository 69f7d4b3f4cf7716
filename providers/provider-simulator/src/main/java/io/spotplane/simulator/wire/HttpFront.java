package io.spotplane.simulator.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The JDK's HTTP server on virtual threads, routing by path prefix (first match wins). An empty answer means: cut the
 * connection without one.
 */
public final class HttpFront implements AutoCloseable {

    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SequencedMap<String, Function<Request, Optional<Response>>> routes;

    private HttpFront(HttpServer server, SequencedMap<String, Function<Request, Optional<Response>>> routes) {
        this.server = server;
        this.routes = routes;
    }

    /**
     * Listens at once.
     *
     * @param port 0 takes a free one
     * @throws IOException when the port is taken
     */
    public static HttpFront listen(
            String host, int port, SequencedMap<String, Function<Request, Optional<Response>>> routes)
            throws IOException {
        tuneServer();
        var front = new HttpFront(HttpServer.create(new InetSocketAddress(host, port), 512), routes);
        front.server.createContext("/", front::serve);
        front.server.setExecutor(front.threads);
        front.server.start();
        return front;
    }

    /** Read once by the JDK: no Nagle delay, and idle pooled connections outlive the pools of the clients. */
    private static void tuneServer() {
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        setUnlessSet("sun.net.httpserver.maxIdleConnections", "4096");
        setUnlessSet("sun.net.httpserver.idleInterval", "600");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    public URI baseUri() {
        var address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = read(exchange);
            var response = route(request.path()).apply(request);
            if (response.isPresent()) {
                send(exchange, response.get());
            }
        }
    }

    private Function<Request, Optional<Response>> route(String path) {
        return routes.entrySet().stream()
                .filter(route -> path.equals(route.getKey()) || path.startsWith(route.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(_ -> Optional.of(Response.json(404, Map.of("error", "nothing lives at " + path))));
    }

    private static Request read(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), StandardCharsets.UTF_8);
        var headers = new HashMap<String, List<String>>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = response.body().getBytes(response.charset());
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }
}
