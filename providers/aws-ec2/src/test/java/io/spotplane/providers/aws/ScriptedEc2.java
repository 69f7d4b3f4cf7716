package io.spotplane.providers.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers each action with what a test wrote down, one answer after the other and the last one for ever, and remembers every form. */
final class ScriptedEc2 implements AutoCloseable {

    static final String REGION = "eu-west-1";

    private final HttpServer server;
    private final AwsRegions regions;
    private final Map<String, Queue<Line>> script = new ConcurrentHashMap<>();
    private final List<Map<String, String>> forms = Collections.synchronizedList(new ArrayList<>());

    ScriptedEc2() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        regions = new AwsRegions(settings(), CallGuards.unmeasured(), InstantSource.system());
    }

    /** The next answer to {@code action}: a list of items under EC2's envelope. */
    ScriptedEc2 on(String action, String list, String items) {
        return onBody(action, 200, envelope(action, "<" + list + ">" + items + "</" + list + ">"));
    }

    /** The next answer to {@code action}, with a token for the page after it. */
    ScriptedEc2 onPage(String action, String list, String items, String nextToken) {
        return onBody(
                action,
                200,
                envelope(action, "<" + list + ">" + items + "</" + list + "><nextToken>" + nextToken + "</nextToken>"));
    }

    /** The next answer to {@code action}: an error. */
    ScriptedEc2 onError(String action, int status, String code) {
        return onBody(
                action,
                status,
                "<Response><Errors><Error><Code>" + code + "</Code><Message>no</Message></Error></Errors>"
                        + "<RequestID>r-1</RequestID></Response>");
    }

    /** The next answer to {@code action}, word for word. */
    ScriptedEc2 onBody(String action, int status, String body) {
        script.computeIfAbsent(action, any -> new ArrayDeque<>()).add(new Line(status, body));
        return this;
    }

    /** The forms sent for {@code action}, oldest first. */
    List<Map<String, String>> forms(String action) {
        return forms.stream().filter(form -> action.equals(form.get("Action"))).toList();
    }

    AwsRegions regions() {
        return regions;
    }

    AwsSettings settings() {
        return new AwsSettings(
                List.of(REGION),
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "AKIA",
                Secret.of("s3cr3t"),
                null,
                "ami-default",
                Duration.ofSeconds(20),
                1000,
                2,
                Duration.ofHours(1),
                Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        regions.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            forms.add(form);
            var line = next(form.getOrDefault("Action", ""));
            var body = line.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(line.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Line next(String action) {
        var lines = script.getOrDefault(action, new ArrayDeque<>());
        var line = lines.size() > 1 ? lines.poll() : lines.peek();
        return line == null ? new Line(501, "not in the script") : line;
    }

    private static Map<String, String> form(String body) {
        return Stream.of(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> decoded(field[0]), field -> field.length == 2 ? decoded(field[1]) : "", (a, b) -> b));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String envelope(String action, String content) {
        return "<%1$sResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r-1</requestId>%2$s</%1$sResponse>"
                .formatted(action, content);
    }

    private record Line(int status, String body) {}
}
