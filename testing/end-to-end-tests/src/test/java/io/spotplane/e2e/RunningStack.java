package io.spotplane.e2e;

import io.spotplane.stack.Checkout;
import io.spotplane.stack.Home;
import io.spotplane.stack.LocalStack;
import io.spotplane.stack.Ports;
import io.spotplane.stack.Progress;
import io.spotplane.stack.StackAddresses;
import io.spotplane.stack.journey.JourneyAddresses;
import io.spotplane.stack.journey.SpotplaneApi;
import io.spotplane.stack.journey.Weather;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the stack before the first test class of a run and stops it after the last; hands it to tests as a parameter. */
public final class RunningStack implements BeforeAllCallback, ParameterResolver, AutoCloseable {

    private static Optional<RunningStack> running = Optional.empty();

    private Home home;
    private LocalStack stack;
    private StackAddresses addresses;

    @Override
    public synchronized void beforeAll(ExtensionContext context) throws Exception {
        synchronized (RunningStack.class) {
            if (running.isEmpty()) {
                start();
                running = Optional.of(this);
                context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(RunningStack.class, this);
            }
        }
        running.orElseThrow().weather().clear();
    }

    private void start() throws IOException, InterruptedException {
        home = new Home(Path.of("target", "stack-" + ProcessHandle.current().pid()));
        stack = LocalStack.whole(home, Checkout.find(), new Ports(freeBase()));
        var took = stack.up(Progress.SILENT);
        addresses = stack.addresses();
        System.out.printf("stack up in %.1f s at %s%n", took.toMillis() / 1000.0, addresses.gateway());
    }

    private static int freeBase() {
        return IntStream.iterate(21_000, base -> base < 32_000, base -> base + 100)
                .filter(base -> IntStream.range(base, base + 12).allMatch(RunningStack::free))
                .findFirst()
                .orElseThrow();
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
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

    /** Where the processes log. */
    Path logs() {
        return home.logs();
    }

    /** A connection to a service's own database, as its superuser: for making and seeing locks. */
    Connection databaseOf(String service) throws SQLException {
        return stack.connectTo("spotplane_" + service);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningStack.class;
    }

    @Override
    public RunningStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running.orElseThrow();
    }

    @Override
    public void close() {
        try {
            stack.down(Progress.SILENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
