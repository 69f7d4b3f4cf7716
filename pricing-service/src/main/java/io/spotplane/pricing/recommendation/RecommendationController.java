package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Recommendations over HTTP. */
@RestController
@RequestMapping("/v1/recommendations")
@Tag(name = "Recommendations", description = "Which machines to buy where, at which bid, and why not the others")
class RecommendationController {

    private static final int MOST_ITEMS = 1_000;
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(5);

    private static final String EXAMPLE = """
            {"nodes":5,"classes":["gp","ch"],"perNode":{"leastVcpu":4,"leastMemoryMiB":7680},"risk":"MED",
             "budget":{"per":"HOUR","most":{"amount":"0.25","currency":"USD"}},"spread":{"leftPercentWithoutAnyRegion":40}}""";

    private final Recommend recommend;
    private final Recommendations recommendations;
    private final Scheduler planning;

    RecommendationController(
            Recommend recommend, Recommendations recommendations, @Qualifier("planning") Scheduler planning) {
        this.recommend = recommend;
        this.recommendations = recommendations;
        this.planning = planning;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @PreAuthorize("hasAuthority('plans:write')")
    @Operation(
            summary = "Recommend what to buy",
            description =
                    "Answers the cheapest plan within all limits, proven, or the limits that leave none and how far each would have to give; and"
                            + " beside it what three rules of thumb would buy. Nothing is bought. Prices are those of this moment.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(value = EXAMPLE))))
    @ApiResponse(responseCode = "201", description = "The recommendation; Location is where it is kept")
    @ApiResponse(
            responseCode = "400",
            description = "Not valid, every field that is wrong named",
            content = {})
    @ApiResponse(
            responseCode = "503",
            description = "No market was ever collected, or too many plans are being made",
            content = {})
    Mono<ResponseEntity<RecommendationResource>> recommend(
            @Parameter(hidden = true) Caller caller, @RequestBody RecommendationRequest body) {
        return recommend
                .recommend(caller, body)
                .map(made ->
                        ResponseEntity.created(URI.create(made.links().self())).body(made));
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @PreAuthorize("hasAuthority('plans:read')")
    @Operation(summary = "Read a recommendation", description = "As it was answered.")
    @ApiResponse(
            responseCode = "200",
            description = "The recommendation",
            content = @Content(schema = @Schema(implementation = RecommendationResource.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is none with this id",
            content = {})
    Mono<ResponseEntity<String>> read(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return known(recommendations.answer(caller.tenant(), id)).map(RecommendationController::json);
    }

    @GetMapping("/{id}/candidates")
    @PreAuthorize("hasAuthority('plans:read')")
    @Operation(
            summary = "Read why offerings were left out",
            description =
                    "What became of every offering that was for sale then, by id, with the number that decided it.")
    @ApiResponse(responseCode = "200", description = "A page of offerings")
    @ApiResponse(
            responseCode = "404",
            description = "There is no recommendation with this id",
            content = {})
    Mono<CandidatePage> candidates(
            @Parameter(hidden = true) Caller caller,
            @PathVariable UUID id,
            @Parameter(description = "Only those left out for this reason", example = "OUTDONE")
                    @RequestParam(required = false)
                    @Nullable
                    Reason reason,
            @Parameter(description = "Items a page; more than 1000 counts as 1000")
                    @RequestParam(defaultValue = "100")
                    @Min(1)
                    int pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return known(recommendations.candidates(caller.tenant(), id))
                .publishOn(planning)
                .map(packed -> CandidatePage.of(
                        id, PackedCandidates.read(packed), reason, Math.min(pageSize, MOST_ITEMS), pageToken));
    }

    @GetMapping(path = "/{id}/certificate", produces = MediaType.APPLICATION_JSON_VALUE)
    @PreAuthorize("hasAuthority('plans:read')")
    @Operation(
            summary = "Read what proves that a plan is the cheapest",
            description =
                    "The integer program and the steps of the proof, in whole numbers, for a checker of your own.")
    @ApiResponse(
            responseCode = "200",
            description = "The certificate",
            content = @Content(schema = @Schema(implementation = CertificateResource.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is no recommendation with this id",
            content = {})
    Mono<ResponseEntity<byte[]>> certificate(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return known(recommendations.certificate(caller.tenant(), id))
                .publishOn(planning)
                .map(PackedCandidates::unpack)
                .map(RecommendationController::json);
    }

    private static <T> ResponseEntity<T> json(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static <T> Mono<T> known(Mono<T> found) {
        return found.switchIfEmpty(Mono.error(
                        () -> ProblemException.of(ProblemType.NOT_FOUND, "there is no recommendation with this id")))
                .timeout(DATABASE_PATIENCE, Mono.error(RecommendationController::late));
    }

    private static ProblemException late() {
        return ProblemException.retryLater(
                ProblemType.UNAVAILABLE, "the store of recommendations does not answer in time", DATABASE_PATIENCE);
    }
}
