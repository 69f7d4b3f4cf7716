package io.spotplane.providers.runpod;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.runpod.RunPodApi.GpuChoice;
import io.spotplane.providers.runpod.RunPodApi.NewPod;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.spi.TerminateOutcome;
import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Rents one pod: spot by {@code podRentInterruptable}, on demand by {@code POST /v2/pods}. First it asks what the pod costs now and what the account holds
 * ({@link Quote}); it bids what is asked, never more than the order allows. RunPod remembers no tokens: an order without an answer is looked for by name.
 */
final class RunPodLauncher implements InstanceLauncher {

    private static final String RENT =
            "mutation Rent($input: PodRentInterruptableInput!) { podRentInterruptable(input: $input) { id } }";
    private static final List<String> PORTS = List.of("22/tcp");

    private final RunPodApi api;
    private final CallGuard guard;
    private final RunPodFaults faults;
    private final RunPodSettings settings;

    RunPodLauncher(RunPodApi api, CallGuard guard, RunPodFaults faults, RunPodSettings settings) {
        this.api = api;
        this.guard = guard;
        this.faults = faults;
        this.settings = settings;
    }

    @Override
    public String provider() {
        return RunPod.PROVIDER;
    }

    @Override
    public Mono<LaunchOutcome> launch(LaunchOrder order) {
        if (order.offering().gpu() == null || order.offering().zone() == null) {
            return Mono.just(notOurs(order.offering()).beforeLaunch());
        }
        return quote(order)
                .flatMap(quote -> orderAt(quote, order))
                .onErrorResume(
                        ProviderFault.class,
                        unasked -> Mono.just(Verdict.of(unasked).beforeLaunch()));
    }

    @Override
    public Mono<TerminateOutcome> terminate(ProviderInstanceId instance) {
        return api.deletePod(instance.value())
                .<TerminateOutcome>map(deleted -> new TerminateOutcome.Accepted())
                .onErrorResume(failure -> Mono.just(faults.judge(failure).ofTerminate()))
                .transform(guard.aroundTerminate("runpod.terminate"));
    }

    @Override
    public Resolution resolution() {
        return Resolution.LOOK_BY_TOKEN;
    }

    @Override
    public Duration visibilityWindow() {
        return settings.visibilityWindow();
    }

    private Mono<Quote> quote(LaunchOrder order) {
        return api.graphql(
                        Quote.QUERY,
                        Map.of(
                                "id", order.offering().instanceType(),
                                "count", gpus(order.offering()),
                                "secure", tier(order.offering()) == RunPodTier.SECURE))
                .map(data -> api.as(Quote.class, data))
                .onErrorMap(failure -> faults.judge(failure).ofRead(RunPod.PROVIDER, "quote", null))
                .transform(guard.aroundRead("runpod.quote"));
    }

    private Mono<LaunchOutcome> orderAt(Quote quote, LaunchOrder order) {
        var asked = quote.pricePerGpu(order.offering().capacityType());
        if (asked.isEmpty()) {
            return Mono.just(RunPodFaults.notForSale().beforeLaunch());
        }
        return quote.objection(order, asked.get())
                .map(objection -> Mono.just(objection.beforeLaunch()))
                .orElseGet(() -> order(order, asked.get()));
    }

    private Mono<LaunchOutcome> order(LaunchOrder order, BigDecimal pricePerGpu) {
        return pod(order, pricePerGpu)
                .onErrorResume(failure -> Mono.just(faults.judge(failure).ofLaunch(order.token())))
                .transform(guard.aroundLaunch("runpod.launch"));
    }

    private Mono<LaunchOutcome> pod(LaunchOrder order, BigDecimal pricePerGpu) {
        return order.offering().capacityType() == CapacityType.SPOT
                ? api.graphql(RENT, Map.of("input", bid(order, pricePerGpu))).map(RunPodLauncher::rented)
                : api.createPod(newPod(order)).map(pod -> accepted(pod.id()));
    }

    private static LaunchOutcome rented(JsonNode data) {
        var id = data.path("podRentInterruptable").path("id");
        return id.isString()
                ? accepted(id.asString())
                : RunPodFaults.nothingMade().beforeLaunch();
    }

    private static LaunchOutcome accepted(String podId) {
        return new LaunchOutcome.Accepted(new ProviderInstanceId(RunPod.ANYWHERE, podId));
    }

    private Map<String, Object> bid(LaunchOrder order, BigDecimal pricePerGpu) {
        var input = new HashMap<String, Object>();
        input.put("name", PodName.of(order).toString());
        input.put("imageName", image(order));
        input.put("gpuTypeId", order.offering().instanceType());
        input.put("cloudType", tier(order.offering()).name());
        input.put("gpuCount", gpus(order.offering()));
        input.put("bidPerGpu", pricePerGpu);
        input.put("containerDiskInGb", settings.diskGb());
        input.put("volumeInGb", 0);
        input.put("ports", String.join(",", PORTS));
        input.put("startSsh", true);
        return input;
    }

    private NewPod newPod(LaunchOrder order) {
        return new NewPod(
                PodName.of(order).toString(),
                image(order),
                new GpuChoice(order.offering().instanceType(), gpus(order.offering())),
                tier(order.offering()).name(),
                settings.diskGb(),
                PORTS,
                true);
    }

    private String image(LaunchOrder order) {
        return order.image() == null ? settings.image() : order.image();
    }

    private static int gpus(Offering offering) {
        Gpu gpu = offering.gpu();
        return gpu == null ? 0 : gpu.count();
    }

    private static RunPodTier tier(Offering offering) {
        return RunPodTier.ofZone(String.valueOf(offering.zone()));
    }

    private static Verdict notOurs(Offering offering) {
        return Verdict.of(Refusal.INVALID, "NOT_OURS", offering.id() + " names no GPU or no tier");
    }
}
