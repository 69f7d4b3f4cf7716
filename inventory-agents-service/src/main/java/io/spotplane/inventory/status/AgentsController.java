package io.spotplane.inventory.status;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.inventory.agent.AgentRunner;
import io.spotplane.inventory.agent.RunLog;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.MergedInventory;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Agents", description = "What looks at the data centre, how fast, and what it cannot see")
@PreAuthorize("hasAuthority('hosts:read')")
class AgentsController {

    private final MergedInventory inventory;
    private final AgentRunner runner;
    private final RunLog runs;

    AgentsController(MergedInventory inventory, AgentRunner runner, RunLog runs) {
        this.inventory = inventory;
        this.runner = runner;
        this.runs = runs;
    }

    @GetMapping("/v1/agents")
    @Operation(summary = "Every agent with its last run, and the last round of all together")
    Mono<Agents> agents() {
        return inventory.now().map(AgentsController::agents);
    }

    @PostMapping("/v1/agents:refresh")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Have all agents look now",
            description = "An agent that is looking already, here or in another replica, does not look twice.")
    Mono<Agents> refresh() {
        return Mono.fromRunnable(runner::wakeAll).then(agents());
    }

    @PostMapping("/v1/agents/{name}:believe")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Believe the agent's next list, however short",
            description =
                    "For when hosts were really taken away: a list of less than half of the last one is not believed by itself.")
    Mono<Agents> believe(@Parameter(example = "ca1.hypervisors") @PathVariable String name) {
        return runs.believeNext(name)
                .filter(known -> known)
                .switchIfEmpty(Mono.error(() -> unknown(name)))
                .then(refresh());
    }

    private static Agents agents(InventoryView view) {
        var items = view.sources().all().stream()
                .map(state -> AgentItem.of(state, view.at()))
                .toList();
        return new Agents(items, null, Sweep.of(view.sources(), view.hosts().size()));
    }

    private static ProblemException unknown(String name) {
        return ProblemException.of(ProblemType.NOT_FOUND, "No agent " + name + " has run; GET /v1/agents lists them.");
    }

    /** All agents on one page, and their last round. */
    record Agents(List<AgentItem> items, @Nullable String nextPageToken, Sweep sweep) {}
}
