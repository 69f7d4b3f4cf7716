package io.spotplane.provisioning;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.InterruptionIntake;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.spi.TerminateOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** A provider that does what it is asked and remembers it. Offerings in {@link #soldOut} are refused. */
final class HonestProvider implements InstanceLauncher, InstanceInspector, InterruptionIntake {

    static final String NAME = "honest";
    static final String KEY = "let-me-in";

    final Map<String, LaunchOrder> machines = new ConcurrentHashMap<>();
    final List<LaunchOrder> orders = new CopyOnWriteArrayList<>();
    final Set<String> soldOut = ConcurrentHashMap.newKeySet();

    @Override
    public String provider() {
        return NAME;
    }

    @Override
    public Resolution resolution() {
        return Resolution.REPEAT_WITH_TOKEN;
    }

    @Override
    public Duration visibilityWindow() {
        return Duration.ofMillis(200);
    }

    @Override
    public Mono<LaunchOutcome> launch(LaunchOrder order) {
        return Mono.fromCallable(() -> {
            orders.add(order);
            if (soldOut.contains(order.offering().id())) {
                return new LaunchOutcome.Declined(Refusal.NO_CAPACITY, "SoldOut", "none left", null);
            }
            var id = "m-" + order.token().value();
            machines.put(id, order);
            return new LaunchOutcome.Accepted(new ProviderInstanceId("any", id));
        });
    }

    @Override
    public Mono<TerminateOutcome> terminate(ProviderInstanceId instance) {
        return Mono.fromCallable(() -> {
            machines.remove(instance.value());
            return new TerminateOutcome.Accepted();
        });
    }

    @Override
    public Mono<InstanceListing> list(String owner) {
        return Mono.fromCallable(() -> new InstanceListing(
                machines.entrySet().stream()
                        .filter(machine -> machine.getValue().owner().equals(owner))
                        .map(machine -> running(machine.getKey(), machine.getValue()))
                        .toList(),
                Instant.now()));
    }

    private static ObservedInstance running(String id, LaunchOrder order) {
        return new ObservedInstance(
                new ProviderInstanceId("any", id),
                order.token(),
                State.RUNNING,
                true,
                "10.0.0.1",
                false,
                "running",
                null,
                null);
    }

    @Override
    public String keyHeader() {
        return "x-api-key";
    }

    @Override
    public boolean accepts(String presented) {
        return presented.equals(KEY);
    }

    /** The body is {@code "machine"} as a JSON string; it goes in a minute. */
    @Override
    public List<InterruptionSignal> read(byte[] body) {
        var machine = new String(body, StandardCharsets.UTF_8).replace("\"", "");
        if (machine.isBlank()) {
            throw new IllegalArgumentException("body is blank, expected a machine");
        }
        var now = Instant.now();
        return List.of(new InterruptionSignal(
                "notice-" + machine, NAME, new ProviderInstanceId("any", machine), now, now.plusSeconds(60), "event"));
    }
}
