package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.stack.Checkout;
import io.spotplane.stack.Home;
import io.spotplane.stack.LocalStack;
import io.spotplane.stack.PartStatus;
import io.spotplane.stack.Ports;
import io.spotplane.stack.Progress;
import io.spotplane.stack.StackAddresses;
import io.spotplane.stack.journey.JourneyAddresses;
import io.spotplane.stack.journey.SpotplaneApi;
import io.spotplane.stack.journey.Weather;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The whole stack in {@code target/stack}, as tests use it. */
public final class RunningStack {

    private final Home home;
    private final Ports ports;
    private final LocalStack stack;
    private final StackAddresses addresses;
    private final Thread stopAtExit = new Thread(this::stopQuietly, "stop-stack");

    private RunningStack(Home home, Ports ports, LocalStack stack) throws IOException {
        this.home = home;
        this.ports = ports;
        this.stack = stack;
        this.addresses = stack.addresses();
    }

    /** Starts it without data, after stopping what a killed run may have left behind; all or nothing. */
    static RunningStack start() throws IOException, InterruptedException {
        var home = new Home(Path.of("target", "stack"));
        var checkout = Checkout.find();
        var ports = freePorts();
        LocalStack.whole(home, checkout, ports).down(Progress.SILENT);
        delete(home.data());
        var stack = LocalStack.whole(home, checkout, ports);
        var running = new RunningStack(home, ports, stack);
        var took = stack.up(Progress.SILENT);
        Runtime.getRuntime().addShutdownHook(running.stopAtExit);
        System.out.printf("stack up in %.1f s at %s%n", took.toMillis() / 1000.0, running.addresses.gateway());
        return running;
    }

    /** Where two runs on one machine look first depends on their process ids, so that they do not find the same row free. */
    private static Ports freePorts() {
        var first = 21_000 + (int) (ProcessHandle.current().pid() % 100) * 100;
        return IntStream.iterate(first, base -> base < 32_000, base -> base + 20)
                .mapToObj(Ports::new)
                .filter(Ports::areFree)
                .findFirst()
                .orElseThrow();
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Stops all of it. */
    void stop() throws IOException, InterruptedException {
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
        stack.down(Progress.SILENT);
    }

    private void stopQuietly() {
        try {
            stack.down(Progress.SILENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fails with the last words of every part that is gone though nobody stopped it. */
    void refuseTheDead() {
        var dead = stack.status().stream()
                .filter(part -> part.health() == PartStatus.Health.DEAD)
                .map(part -> part.name() + "\n    " + String.join("\n    ", stack.lastWords(part.name())))
                .toList();
        assertThat(dead).as("parts that ended by themselves").isEmpty();
    }

    /** The processes. */
    LocalStack processes() {
        return stack;
    }

    /** Where they answer. */
    JourneyAddresses addresses() {
        return new JourneyAddresses(
                addresses.gateway(),
                addresses.issuer(),
                addresses.clientSecret(),
                addresses.simulator(),
                addresses.kafka());
    }

    /** The public API as an operator of {@code tenant}. */
    SpotplaneApi operatorOf(String tenant) {
        return SpotplaneApi.signIn(addresses(), tenant, "operator");
    }

    /** The simulated providers' own doing, and their ledger. */
    Weather weather() {
        return new Weather(addresses.simulator());
    }

    /** What every service exposes to Prometheus, one text after the other. */
    String scrape() throws IOException, InterruptedException {
        var text = new StringBuilder();
        try (var http = HttpClient.newHttpClient()) {
            for (var base : List.of(
                    addresses.gatewayManagement(),
                    addresses.pricing(),
                    addresses.provisioning(),
                    addresses.inventory(),
                    addresses.notification())) {
                var request = HttpRequest.newBuilder(base.resolve("/actuator/prometheus"))
                        .build();
                text.append('\n')
                        .append(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .body());
            }
        }
        return text.toString();
    }

    /** The directory in which it lives. */
    Path home() {
        return home.root();
    }

    /** Where its processes listen. */
    Ports ports() {
        return ports;
    }

    /** Where the processes log. */
    Path logs() {
        return home.logs();
    }

    /** A connection to a service's own database, as its superuser: for making and seeing locks. */
    Connection databaseOf(String service) throws SQLException {
        return stack.connectTo("spotplane_" + service);
    }
}
