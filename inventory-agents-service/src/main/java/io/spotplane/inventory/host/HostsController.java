package io.spotplane.inventory.host;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.inventory.merged.Host;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.MergedInventory;
import io.spotplane.inventory.merged.Pool;
import io.spotplane.inventory.snapshot.HostServers;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostInventory.HostedServer;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Hosts", description = "GPU hosts of the data centre, merged over clouds and catalogues")
@PreAuthorize("hasAuthority('hosts:read')")
class HostsController {

    private final MergedInventory inventory;

    HostsController(MergedInventory inventory) {
        this.inventory = inventory;
    }

    @GetMapping("/v1/hosts")
    @Operation(summary = "Hosts", description = "Ordered by id. Every source of the answer is listed with its age.")
    Mono<HostPage> hosts(
            @Parameter(description = "GPU model or family", example = "H100") @RequestParam(required = false) @Nullable
                    String gpuType,
            @Parameter(description = "Id or name of an aggregate", example = "H100-n3-spot")
                    @RequestParam(required = false)
                    @Nullable
                    String aggregate,
            @Parameter(example = "CA1") @RequestParam(required = false) @Nullable String site,
            @RequestParam(required = false) HostFilter.@Nullable State state,
            @Parameter(example = "ca1") @RequestParam(required = false) @Nullable String cloud,
            @RequestParam(required = false) @Nullable Pool pool,
            @Parameter(description = "At most 200, 50 when absent") @RequestParam(required = false) @Nullable
                    Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        var wanted = new HostFilter(gpuType, aggregate, site, state, cloud, pool);
        return inventory.known().map(view -> HostPage.of(view, wanted, pageSize, pageToken));
    }

    @GetMapping("/v1/hosts/{id}")
    @Operation(summary = "One host, with its servers")
    Mono<HostDetail> host(@Parameter(example = "ca1:CA1-H100-017") @PathVariable String id) {
        return inventory.known().map(view -> detail(view, id));
    }

    private static HostDetail detail(InventoryView view, String id) {
        var host = view.host(id).orElseThrow(() -> unknown(id));
        return new HostDetail(
                HostItem.of(host, view.at()),
                serversOn(host, view),
                view.sources().statuses(view.at()));
    }

    private static List<HostedServer> serversOn(Host host, InventoryView view) {
        return view.sources().snapshot(Source.serversOf(host.observed().cloud())).stream()
                .flatMap(snapshot -> snapshot.items().stream())
                .filter(servers -> servers.host().equals(host.observed().name()))
                .map(HostServers::servers)
                .flatMap(List::stream)
                .toList();
    }

    private static ProblemException unknown(String id) {
        return ProblemException.of(ProblemType.NOT_FOUND, "There is no host " + id + "; GET /v1/hosts lists them.");
    }
}
