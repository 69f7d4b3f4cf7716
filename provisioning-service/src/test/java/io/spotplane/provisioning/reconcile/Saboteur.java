package io.spotplane.provisioning.reconcile;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.spi.TerminateOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import reactor.core.publisher.Mono;

/** Stands between the reconciler and a provider and behaves like an adapter with the planted bug. */
record Saboteur(MisbehavingProvider feed, Sabotage sabotage, InstantSource clock)
        implements InstanceLauncher, InstanceInspector {

    @Override
    public String provider() {
        return feed.provider();
    }

    @Override
    public Resolution resolution() {
        return sabotage == Sabotage.REPEATS_WHERE_TOKENS_ARE_UNKNOWN ? Resolution.REPEAT_WITH_TOKEN : feed.resolution();
    }

    @Override
    public Duration visibilityWindow() {
        return sabotage == Sabotage.ONE_LIST_IS_PROOF ? Duration.ofNanos(1) : feed.visibilityWindow();
    }

    @Override
    public Mono<LaunchOutcome> launch(LaunchOrder order) {
        return feed.launch(order)
                .map(outcome -> outcome instanceof LaunchOutcome.Unknown && sabotage == Sabotage.TIMEOUT_IS_REFUSAL
                        ? new LaunchOutcome.Declined(Refusal.NO_CAPACITY, "TIMEOUT", "taken for a refusal", null)
                        : outcome);
    }

    @Override
    public Mono<TerminateOutcome> terminate(ProviderInstanceId instance) {
        return feed.terminate(instance);
    }

    @Override
    public Mono<InstanceListing> list(String owner) {
        var listing = feed.list(owner);
        return switch (sabotage) {
            case EMPTY_LIST_IS_TRUTH ->
                listing.onErrorResume(
                        ProviderFault.class, _ -> Mono.just(new InstanceListing(List.of(), clock.instant())));
            case ACCEPTED_IS_RUNNING ->
                listing.map(honest -> new InstanceListing(
                        honest.instances().stream().map(Saboteur::running).toList(), honest.asOf()));
            default -> listing;
        };
    }

    private static ObservedInstance running(ObservedInstance seen) {
        return seen.state() != State.PENDING
                ? seen
                : new ObservedInstance(
                        seen.id(), seen.token(), State.RUNNING, true, null, false, "", null, seen.launchedAt());
    }
}
