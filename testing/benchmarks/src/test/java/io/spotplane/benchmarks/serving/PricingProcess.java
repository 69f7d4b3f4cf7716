package io.spotplane.benchmarks.serving;

import io.spotplane.testing.KafkaServer;
import io.spotplane.testing.PostgresServer;
import io.spotplane.testing.RedisServer;
import io.spotplane.web.testing.TestTokens;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pricing service in a process of its own, on given servers. */
final class PricingProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);

    /** What the service's own timer tells apart. */
    private static final String STEPS = "1ms,2ms,3ms,4ms,5ms,7ms,10ms,15ms,25ms,50ms,100ms,250ms,500ms,1s";

    private final Process process;
    private final URI base;
    private final String bearer = "Bearer " + TestTokens.shared().token("acme", "operator");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private PricingProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Starts it with {@code jvm} options, and waits until both markets are served. */
    static PricingProcess start(PostgresServer postgres, RedisServer redis, KafkaServer kafka, List<String> jvm)
            throws IOException, InterruptedException {
        int port = freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath(), BenchmarkMarkets.class.getName()));
        command.addAll(settings(postgres, redis, kafka, port));
        var log = Files.createDirectories(Path.of("target"))
                .resolve("pricing-process.log")
                .toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        var started = new PricingProcess(process, URI.create("http://127.0.0.1:" + port));
        started.awaitMarkets(log);
        return started;
    }

    /** Without the other services, whose settings and migrations have the same names. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("inventory-agents-service"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> settings(PostgresServer postgres, RedisServer redis, KafkaServer kafka, int port) {
        return List.of(
                "--server.port=" + port,
                "--logging.level.root=WARN",
                "--spring.r2dbc.url=" + postgres.r2dbcUrl(),
                "--spring.r2dbc.username=" + postgres.user(),
                "--spring.r2dbc.password=" + postgres.password(),
                "--spring.flyway.url=" + postgres.jdbcUrl(),
                "--spring.flyway.user=" + postgres.user(),
                "--spring.flyway.password=" + postgres.password(),
                "--spring.data.redis.host=" + redis.host(),
                "--spring.data.redis.port=" + redis.port(),
                "--spring.data.redis.database=" + redis.database(),
                "--spring.data.redis.password=" + redis.password(),
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri="
                        + TestTokens.shared().issuer(),
                "--spotplane.pricing.markets.azure.every=1h",
                "--spotplane.pricing.markets.azure.stale-after=2h",
                "--spotplane.pricing.markets.azure.refresh-pause=1s",
                "--spotplane.pricing.markets.azure.debounce=0s",
                "--spotplane.pricing.markets.gcp.every=1h",
                "--spotplane.pricing.markets.gcp.stale-after=2h",
                "--management.metrics.distribution.slo.http.server.requests=" + STEPS);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitMarkets(File log) throws InterruptedException, IOException {
        var end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (collected("azure") && collected("gcp")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        process.destroy();
        throw new IllegalStateException("the service did not start, see " + log.getAbsolutePath());
    }

    private boolean collected(String market) throws InterruptedException {
        try {
            return measure("spotplane_market_sweep_seconds_count", market, "believed") > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** How many offerings it serves. */
    long served() throws IOException, InterruptedException {
        return measure("spotplane_offerings").longValue();
    }

    /** Sum of all lines of a metric whose tags contain each of {@code tags}. */
    Double measure(String name, String... tags) throws IOException, InterruptedException {
        var text = http.send(request("/actuator/prometheus").build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return Pattern.compile("^" + name + "(\\{.*?})? (\\S+)$", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .filter(line -> Arrays.stream(tags).allMatch(String.valueOf(line.group(1))::contains))
                .mapToDouble(line -> Double.parseDouble(line.group(2)))
                .sum();
    }

    /** How many questions for offerings it answered so far, by the time in seconds that they took at most, from request to answer written. */
    SortedMap<Double, Double> answeredWithin() throws IOException, InterruptedException {
        var within = new TreeMap<Double, Double>();
        for (var step : STEPS.split(",")) {
            double seconds = step.endsWith("ms")
                    ? Double.parseDouble(step.replace("ms", "")) / 1000
                    : Double.parseDouble(step.replace("s", ""));
            within.put(seconds, ofOfferings("_bucket", "le=\"" + seconds + "\""));
        }
        within.put(Double.POSITIVE_INFINITY, ofOfferings("_count"));
        return within;
    }

    private double ofOfferings(String suffix, String... tags) throws IOException, InterruptedException {
        var all = Stream.concat(Stream.of("uri=\"/v1/offerings\"", "status=\"200\""), Stream.of(tags));
        return measure("http_server_requests_seconds" + suffix, all.toArray(String[]::new));
    }

    CompletableFuture<HttpResponse<String>> get(String path) {
        return http.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    int refresh(String market) throws IOException, InterruptedException {
        return http.send(
                        request("/v1/markets/" + market + ":refresh")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /** Asks for it, and does not wait for the answer. */
    void refreshSoon(String market) {
        http.sendAsync(
                request("/v1/markets/" + market + ":refresh")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", bearer);
    }

    long pid() {
        return process.pid();
    }

    /** Memory that the operating system gave it. */
    long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
                .sum();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
