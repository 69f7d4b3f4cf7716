package io.spotplane.providers.runpod;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.springframework.web.reactive.function.client.WebClient;

/** Answers what a test wrote down for a request that contains a word, and remembers every request. */
final class ScriptedRunPod implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Line> script = new LinkedHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    ScriptedRunPod() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** A request whose method, path and body contain {@code word} is answered so. */
    ScriptedRunPod on(String word, int status, String body) {
        script.put(word, new Line(status, body));
        return this;
    }

    /** Requests so far that contain {@code word}: method, path, key, body. */
    List<String> requests(String word) {
        return requests.stream().filter(request -> request.contains(word)).toList();
    }

    RunPodAccount account() {
        var settings = new RunPodSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Secret.of("k3y"),
                List.of(RunPodTier.SECURE, RunPodTier.COMMUNITY),
                List.of(1, 2),
                "image",
                40,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1));
        return RunPodAccount.of(
                settings, new ProviderHttp(WebClient.builder()), CallGuards.unmeasured(), InstantSource.system());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(request);
            var line = script.entrySet().stream()
                    .filter(entry -> request.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(new Line(501, "not in the script"));
            var body = line.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(line.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private record Line(int status, String body) {}
}
