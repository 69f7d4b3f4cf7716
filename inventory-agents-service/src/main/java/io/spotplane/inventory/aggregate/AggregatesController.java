package io.spotplane.inventory.aggregate;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.inventory.merged.Host;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.MergedInventory;
import io.spotplane.inventory.merged.SourceStatus;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Aggregates", description = "Host aggregates: which hosts are sold how")
@PreAuthorize("hasAuthority('hosts:read')")
class AggregatesController {

    private final MergedInventory inventory;

    AggregatesController(MergedInventory inventory) {
        this.inventory = inventory;
    }

    @GetMapping("/v1/aggregates/{gpuType}")
    @Operation(
            summary = "Aggregates of a GPU type",
            description = "Those named for it, and those with a host that has it.")
    Mono<Aggregates> aggregates(
            @Parameter(description = "GPU model or family", example = "H100") @PathVariable String gpuType) {
        return inventory.known().map(view -> ofType(gpuType, view));
    }

    private static Aggregates ofType(String gpuType, InventoryView view) {
        var hosts = view.hosts().stream().collect(toMap(host -> host.observed().hostId(), identity()));
        var items = view.aggregates().stream()
                .map(aggregate -> AggregateItem.of(aggregate, hosts))
                .filter(item -> isOf(gpuType, item))
                .toList();
        if (items.isEmpty() && !anyHostHas(gpuType, hosts)) {
            throw unknown(gpuType);
        }
        return new Aggregates(gpuType, items, null, view.sources().statuses(view.at()));
    }

    private static boolean isOf(String gpuType, AggregateItem item) {
        return Stream.concat(
                        Stream.ofNullable(item.gpuModel()),
                        item.hosts().stream().flatMap(host -> Stream.ofNullable(host.gpuModel())))
                .anyMatch(model -> GpuModels.matches(gpuType, model));
    }

    private static boolean anyHostHas(String gpuType, Map<String, Host> hosts) {
        return hosts.values().stream()
                .flatMap(host -> Stream.ofNullable(host.observed().gpuModel()))
                .anyMatch(model -> GpuModels.matches(gpuType, model));
    }

    private static ProblemException unknown(String gpuType) {
        return ProblemException.of(
                ProblemType.NOT_FOUND,
                "No host has GPU type " + gpuType + "; GET /v1/gpu-types lists those there are.");
    }

    /** All aggregates of the type on one page. */
    record Aggregates(
            String gpuType,
            List<AggregateItem> items,
            @Nullable String nextPageToken,
            List<SourceStatus> sources) {}
}
