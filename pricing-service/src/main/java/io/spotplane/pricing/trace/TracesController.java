package io.spotplane.pricing.trace;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Recorded availability over HTTP. */
@RestController
@RequestMapping("/v1/traces")
@Tag(name = "Traces", description = "What pools did in the past: to learn from, and to replay policies on")
class TracesController {

    private static final String EXAMPLE = """
            {"name":"aws/us-west-2a/p3.2xlarge","metadata":{"gap_seconds":600},"data":[1,1,1,0,0,1]}""";

    private final Traces traces;
    private final Clock clock;

    TracesController(Traces traces, Clock clock) {
        this.traces = traces;
        this.clock = clock;
    }

    @PostMapping(consumes = "application/json")
    @PreAuthorize("hasAuthority('plans:write')")
    @Operation(
            summary = "Bring a trace",
            description =
                    "Machines that could be had, or were still up, at regular times, oldest first: the form of the public spot traces, with a"
                            + " name. Long traces come as runs of equal samples: {\"runs\":[{\"nodes\":1,\"ticks\":300}]} in the place of data.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(value = EXAMPLE))))
    @ApiResponse(responseCode = "201", description = "Kept until it is deleted; Location is the resource")
    @ApiResponse(
            responseCode = "400",
            description = "Not valid, every field that is wrong named",
            content = {})
    @ApiResponse(
            responseCode = "409",
            description = "The tenant keeps as many traces as it may",
            content = {})
    Mono<ResponseEntity<TraceResource>> bring(@Parameter(hidden = true) Caller caller, @RequestBody NewTrace body) {
        return Mono.fromSupplier(() -> stored(body))
                .flatMap(stored -> traces.add(caller.tenant(), stored).map(kept -> answer(stored, kept)));
    }

    private StoredTrace stored(NewTrace body) {
        var trace = body.trace();
        return new StoredTrace(
                UUID.randomUUID(),
                trace.name(),
                RunLengths.of(trace),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private static ResponseEntity<TraceResource> answer(StoredTrace stored, boolean kept) {
        if (!kept) {
            throw ProblemException.of(
                    ProblemType.STATE_CONFLICT, "the tenant keeps " + Traces.MOST + " traces; delete one first");
        }
        return ResponseEntity.created(URI.create("/v1/traces/" + stored.id())).body(TraceResource.of(stored, false));
    }

    @GetMapping
    @PreAuthorize("hasAuthority('plans:read')")
    @Operation(
            summary = "List traces, newest first",
            description = "Without their samples; there are few, so there is one page.")
    Mono<Listing> list(@Parameter(hidden = true) Caller caller) {
        return traces.all(caller.tenant())
                .map(stored -> TraceResource.of(stored, false))
                .collectList()
                .map(items -> new Listing(items, null));
    }

    /** The list. */
    record Listing(List<TraceResource> items, @Nullable String nextPageToken) {}

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('plans:read')")
    @Operation(summary = "Read a trace with its samples")
    @ApiResponse(responseCode = "200", description = "The trace, its samples as runs of equal ones")
    @ApiResponse(
            responseCode = "404",
            description = "The tenant has no such trace",
            content = {})
    Mono<TraceResource> read(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return traces.find(caller.tenant(), id)
                .map(stored -> TraceResource.of(stored, true))
                .switchIfEmpty(Mono.error(TracesController::unknown));
    }

    @DeleteMapping("/{id}")
    @PreAuthorize("hasAuthority('plans:write')")
    @Operation(summary = "Delete a trace", description = "Plans that learnt from it keep what they learnt.")
    @ApiResponse(responseCode = "204", description = "Gone")
    @ApiResponse(
            responseCode = "404",
            description = "The tenant has no such trace",
            content = {})
    Mono<ResponseEntity<Void>> delete(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return traces.remove(caller.tenant(), id).map(removed -> {
            if (!removed) {
                throw unknown();
            }
            return ResponseEntity.noContent().build();
        });
    }

    private static ProblemException unknown() {
        return ProblemException.of(ProblemType.NOT_FOUND, "there is no trace with this id");
    }
}
