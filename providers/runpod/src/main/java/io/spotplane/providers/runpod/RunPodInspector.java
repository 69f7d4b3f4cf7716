package io.spotplane.providers.runpod;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.providers.runpod.RunPodApi.Direct;
import io.spotplane.providers.runpod.RunPodApi.Pod;
import io.spotplane.providers.runpod.RunPodApi.Ssh;
import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.support.CallGuard;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lists the account's pods and keeps the owner's, told by their names. A pod is reachable when it runs <em>and</em> its direct SSH address is known: RunPod
 * says RUNNING several looks earlier.
 *
 * <p>RunPod announces no reclaim. We only ever delete pods, which takes them off the list; a spot pod that stands there EXITED was stopped by someone else, and is
 * reported as reclaimed.
 */
final class RunPodInspector implements InstanceInspector {

    private static final String OPERATION = "GET /v2/pods";

    private final RunPodApi api;
    private final CallGuard guard;
    private final RunPodFaults faults;
    private final InstantSource time;

    RunPodInspector(RunPodApi api, CallGuard guard, RunPodFaults faults, InstantSource time) {
        this.api = api;
        this.guard = guard;
        this.faults = faults;
        this.time = time;
    }

    @Override
    public String provider() {
        return RunPod.PROVIDER;
    }

    @Override
    public Mono<InstanceListing> list(String owner) {
        return Mono.defer(() -> {
                    var asOf = time.instant();
                    return api.pods().map(pods -> new InstanceListing(owned(pods, owner), asOf));
                })
                .onErrorMap(failure -> faults.judge(failure).ofRead(RunPod.PROVIDER, OPERATION, null))
                .transform(guard.aroundRead("runpod.list"));
    }

    private static List<ObservedInstance> owned(List<Pod> pods, String owner) {
        return pods.stream().flatMap(pod -> owned(pod, owner)).toList();
    }

    private static Stream<ObservedInstance> owned(Pod pod, String owner) {
        return Optional.ofNullable(pod.name())
                .flatMap(name -> PodName.read(name, owner))
                .map(name -> observed(pod, name))
                .stream();
    }

    private static ObservedInstance observed(Pod pod, PodName name) {
        var status = String.valueOf(pod.status());
        var direct = Optional.ofNullable(pod.ssh()).map(Ssh::direct);
        return new ObservedInstance(
                new ProviderInstanceId(RunPod.ANYWHERE, pod.id()),
                name.token(),
                state(status),
                status.equals("RUNNING") && direct.isPresent(),
                direct.map(Direct::host).orElse(null),
                name.spot() && status.equals("EXITED"),
                status,
                price(pod),
                createdAt(pod));
    }

    private static State state(String status) {
        return switch (status) {
            case "PROVISIONING", "STARTING" -> State.PENDING;
            case "RUNNING" -> State.RUNNING;
            case "EXITED" -> State.STOPPED;
            case "ERROR" -> State.FAILED;
            case "TERMINATED" -> State.ENDED;
            default -> State.UNKNOWN;
        };
    }

    /** A pod that has ended says 0, which is no price. */
    private static @Nullable HourlyPrice price(Pod pod) {
        return pod.cost() == null || pod.cost().signum() <= 0 ? null : HourlyPrice.per(new Money(pod.cost(), "USD"));
    }

    private static @Nullable Instant createdAt(Pod pod) {
        try {
            return pod.createdAt() == null ? null : Instant.parse(pod.createdAt());
        } catch (DateTimeParseException otherForm) {
            return null;
        }
    }
}
