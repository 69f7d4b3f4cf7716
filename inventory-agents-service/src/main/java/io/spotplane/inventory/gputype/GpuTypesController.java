package io.spotplane.inventory.gputype;

import io.spotplane.inventory.merged.MergedInventory;
import io.spotplane.inventory.merged.SourceStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "GPU types", description = "What the data centre has, by GPU type and pool")
@PreAuthorize("hasAuthority('hosts:read')")
class GpuTypesController {

    private final MergedInventory inventory;

    GpuTypesController(MergedInventory inventory) {
        this.inventory = inventory;
    }

    @GetMapping("/v1/gpu-types")
    @Operation(summary = "GPU types with their pools", description = "Every host counts once, in one pool.")
    Mono<GpuTypes> gpuTypes() {
        return inventory
                .known()
                .map(view -> new GpuTypes(
                        GpuTypeSummary.of(view.hosts()), null, view.sources().statuses(view.at())));
    }

    /** All types on one page. */
    record GpuTypes(List<GpuTypeSummary> items, @Nullable String nextPageToken, List<SourceStatus> sources) {}
}
