package io.spotplane.pricing.history;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The history of one offering, over HTTP. */
@RestController
@PreAuthorize("hasAuthority('offerings:read')")
@Tag(name = "Offerings")
class HistoryController {

    private static final int MAX_PAGE_SIZE = 200;
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(5);

    private final PriceHistory history;

    HistoryController(PriceHistory history) {
        this.history = history;
    }

    @GetMapping("/v1/offerings/{id}/history")
    @Operation(
            summary = "What an offering cost, newest first",
            description =
                    "One item for each change of price or availability; between two items nothing changed. Offerings that are no"
                            + " longer for sale keep their history.")
    @ApiResponse(responseCode = "200", description = "A page of changes")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "It was never for sale",
            content = {})
    Mono<HistoryPage> history(
            @Parameter(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot") @PathVariable String id,
            @Parameter(
                            description =
                                    "Changes that Spotplane learnt of at or after this time; everything kept when absent",
                            example = "2026-11-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant from,
            @Parameter(description = "Changes that Spotplane learnt of before this time; until now when absent")
                    @RequestParam(required = false)
                    @Nullable
                    Instant to,
            @Parameter(description = "Items a page; more than 200 counts as 200")
                    @RequestParam(defaultValue = "50")
                    @Min(1)
                    int pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        var window = Window.of(id, from, to);
        return Mono.fromSupplier(() -> window.after(pageToken))
                .flatMap(rest -> page(window, rest, Math.min(pageSize, MAX_PAGE_SIZE)))
                .timeout(DATABASE_PATIENCE, Mono.error(HistoryController::late))
                .checkpoint("read price history");
    }

    private Mono<HistoryPage> page(Window window, Window rest, int size) {
        return history.key(window.offeringId())
                .switchIfEmpty(Mono.error(HistoryController::neverForSale))
                .flatMap(key -> history.changes(key, rest.from(), rest.before(), size + 1))
                .map(found -> HistoryPage.of(window, found, size));
    }

    private static ProblemException late() {
        return ProblemException.retryLater(
                ProblemType.UNAVAILABLE, "the price history does not answer in time", DATABASE_PATIENCE);
    }

    private static ProblemException neverForSale() {
        return ProblemException.of(ProblemType.NOT_FOUND, "no offering with this id was ever for sale");
    }
}
