package io.spotplane.pricing.deadline;

import io.spotplane.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Plans for work with a deadline, over HTTP. */
@RestController
@RequestMapping("/v1/plans/deadline")
@Tag(name = "Deadline plans", description = "When to run where, so that work is done in time at the least cost")
class DeadlinePlansController {

    private static final String WISH = """
            {"work":"PT48H","within":"PT60H","startUp":"PT12M",
             "pools":[{"name":"us-west-2a","spotPrice":{"amount":"1.02","currency":"USD"},
                       "traceId":"6e3f2f0e-5c1b-4f6d-9f0e-0d6f1f9c7a11"}],
             "onDemandPrice":{"amount":"3.06","currency":"USD"},
             "budget":{"amount":"90.00","currency":"USD"}}""";

    private static final String SEEN = """
            {"workLeft":"PT31H20M","holding":{"kind":"SPOT","pool":"us-west-2a"},
             "pools":[{"name":"us-west-2a","up":true,"since":"2026-11-25T03:10:00Z"}]}""";

    private final MakePlan make;
    private final FollowPlan follow;

    DeadlinePlansController(MakePlan make, FollowPlan follow) {
        this.make = make;
        this.follow = follow;
    }

    @PostMapping(consumes = "application/json")
    @PreAuthorize("hasAuthority('plans:write')")
    @Operation(
            summary = "Plan work with a deadline",
            description =
                    "Nothing is bought. The deadline is kept by construction, as far as machines on demand can be had: the plan never leaves a state from"
                            + " which on demand could not finish. Costs are expected, and ranges drawn, under chances learnt from what each pool did: a trace"
                            + " of yours, or what this service saw of the offering's stock.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(value = WISH))))
    @ApiResponse(responseCode = "201", description = "The plan; Location is where it can be read and followed")
    @ApiResponse(
            responseCode = "400",
            description = "Not valid or not feasible, with the smallest change that helps",
            content = {})
    @ApiResponse(
            responseCode = "503",
            description = "Too many are being computed",
            content = {})
    Mono<ResponseEntity<DeadlinePlan>> plan(
            @Parameter(hidden = true) Caller caller, @Valid @RequestBody NewDeadlinePlan body) {
        return make.of(caller.tenant(), body)
                .map(plan -> ResponseEntity.created(URI.create("/v1/plans/deadline/" + plan.id()))
                        .body(plan.answer()));
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('plans:read')")
    @Operation(summary = "Read a plan", description = "As it was answered; kept for 30 days after its deadline.")
    @ApiResponse(responseCode = "200", description = "The plan")
    @ApiResponse(
            responseCode = "404",
            description = "The tenant has no such plan",
            content = {})
    Mono<DeadlinePlan> read(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return follow.plan(caller.tenant(), id).map(StoredPlan::answer);
    }

    @PostMapping(path = "/{id}:decide", consumes = "application/json")
    @PreAuthorize("hasAuthority('plans:read')")
    @Operation(
            summary = "Decide what to hold next",
            description =
                    "From what the follower sees: work left, what is held, and how each pool is doing. Writes nothing; the same observation gets the same"
                            + " answer on every replica. Ask again by askAgainBy, and at once when something changes.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(value = SEEN))))
    @ApiResponse(responseCode = "200", description = "The decision")
    @ApiResponse(
            responseCode = "400",
            description = "The observation is not valid",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "The tenant has no such plan",
            content = {})
    Mono<Decision> decide(
            @Parameter(hidden = true) Caller caller, @PathVariable UUID id, @Valid @RequestBody Observation body) {
        return follow.decide(caller.tenant(), id, body);
    }
}
