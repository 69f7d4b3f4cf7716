package io.spotplane.provisioning.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.spotplane.providers.spi.LaunchOutcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** What the reconciler measures. Tags are providers, steps and outcomes: never ids. */
final class Meters {

    private static final String LAUNCH_ATTEMPTS = "spotplane.launch.attempts";
    private static final String RECONCILE = "spotplane.reconcile";
    private static final String ORPHANS = "spotplane.gc.orphans";
    private static final String LISTINGS = "spotplane.listings";
    private static final String UNRELIABLE = "spotplane.account.unreliable";

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> unreliable = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void launchAttempted(String provider, LaunchOutcome outcome) {
        var name = switch (outcome) {
            case LaunchOutcome.Accepted _ -> "ACCEPTED";
            case LaunchOutcome.Unknown _ -> "UNKNOWN";
            case LaunchOutcome.Declined declined -> declined.refusal().name();
        };
        registry.counter(LAUNCH_ATTEMPTS, "provider", provider, "outcome", name).increment();
    }

    void orphanReaped(String provider) {
        orphans(provider).increment();
    }

    /** There from the first listing on: an alert on its increase would miss the first orphan otherwise. */
    private Counter orphans(String provider) {
        return registry.counter(ORPHANS, "provider", provider);
    }

    void listed(String provider, boolean believed) {
        orphans(provider);
        registry.counter(LISTINGS, "provider", provider, "outcome", believed ? "BELIEVED" : "UNRELIABLE")
                .increment();
        unreliable
                .computeIfAbsent(
                        provider, name -> registry.gauge(UNRELIABLE, Tags.of("provider", name), new AtomicInteger()))
                .set(believed ? 0 : 1);
    }

    /** Times a step and says whether it went well. */
    <T> UnaryOperator<Mono<T>> timing(String step) {
        return work -> Mono.defer(() -> {
            var sample = Timer.start(registry);
            return work.doOnSuccess(_ -> sample.stop(timer(step, "OK")))
                    .doOnError(_ -> sample.stop(timer(step, "FAILED")));
        });
    }

    private Timer timer(String step, String outcome) {
        return registry.timer(RECONCILE, "step", step, "outcome", outcome);
    }
}
