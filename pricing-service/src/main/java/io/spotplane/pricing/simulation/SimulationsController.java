package io.spotplane.pricing.simulation;

import io.spotplane.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What-if questions over HTTP. They write nothing. */
@RestController
@RequestMapping("/v1/simulations")
@PreAuthorize("hasAuthority('plans:write')")
@Tag(name = "Simulations", description = "How policies would have fared")
class SimulationsController {

    private static final String EXAMPLE = """
            {"pools":[{"traceId":"6e3f2f0e-5c1b-4f6d-9f0e-0d6f1f9c7a11","spotPrice":{"amount":"1.02","currency":"USD"}}],
             "onDemandPrice":{"amount":"3.06","currency":"USD"},
             "work":"PT48H","within":"PT60H","startUp":"PT12M",
             "policies":["GREEDY","UNIFORM_PROGRESS","EXACT","CLAIRVOYANT"],"windows":10,"seed":7}""";

    private final Simulate simulate;

    SimulationsController(Simulate simulate) {
        this.simulate = simulate;
    }

    @PostMapping(consumes = "application/json", produces = "application/json")
    @Operation(
            summary = "Replay policies on recorded availability",
            description =
                    "Greedy, Uniform Progress, ours and the clairvoyant play the same windows of your traces by the rules of live decisions. Costs are exact; regret is"
                            + " what was paid above the clairvoyant, whom nobody can beat. What one simulation may compute is bounded; asked with"
                            + " Accept: image/svg+xml it draws the first window.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(value = EXAMPLE))))
    @ApiResponse(
            responseCode = "200",
            description = "Costs, starts, deadlines and regret by policy; the first window of each pool as a timeline")
    @ApiResponse(
            responseCode = "400",
            description = "Not valid, not feasible or too much to compute",
            content = {})
    @ApiResponse(
            responseCode = "503",
            description = "Too many are being computed",
            content = {})
    Mono<SimulationAnswer> simulate(@Parameter(hidden = true) Caller caller, @Valid @RequestBody NewSimulation body) {
        return simulate.of(caller.tenant(), body);
    }

    @PostMapping(consumes = "application/json", produces = "image/svg+xml")
    @Operation(summary = "Draw the first window of a simulation")
    Mono<String> draw(@Parameter(hidden = true) Caller caller, @Valid @RequestBody NewSimulation body) {
        return simulate.of(caller.tenant(), body).map(answer -> DrawRuns.svg(answer, body.within()));
    }
}
