package io.spotplane.pricing.history;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What an offering's history says, over HTTP. Prices are billed prices in force: they count by the time that they held. */
@RestController
@RequestMapping("/v1/offerings/{id}/history")
@PreAuthorize("hasAuthority('offerings:read')")
@Tag(name = "Offerings")
class TimelineController {

    private static final int MOST_POINTS = 2_000;
    private static final int MOST_PERCENTILES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SVG = "image/svg+xml";
    private static final String ID = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot";
    private static final String FROM =
            "Beginning of the window, at most 400 days before its end; 30 days before when absent";
    private static final String TO = "End of the window; now when absent or ahead";

    private final Timelines timelines;
    private final Clock clock;

    TimelineController(Timelines timelines, Clock clock) {
        this.timelines = timelines;
        this.clock = clock;
    }

    @GetMapping("/percentiles")
    @Operation(
            summary = "At which price an offering was to be had for how long",
            description =
                    "Percentiles of the billed price in force, by time: p80 is the least price that was enough for 80 % of the time in which"
                            + " it was for sale. Stretches in which the market was not observed count for nothing and are told in observed.")
    @ApiResponse(responseCode = "200", description = "The percentiles")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid, or too much lies in the window",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "It was never for sale",
            content = {})
    Mono<PricePercentiles> percentiles(
            @Parameter(example = ID) @PathVariable String id,
            @Parameter(description = FROM, example = "2026-10-01T00:00:00Z") @RequestParam(required = false) @Nullable
                    Instant from,
            @Parameter(description = TO) @RequestParam(required = false) @Nullable Instant to,
            @Parameter(description = "Percentiles, 0 to 100, at most 20, separated by commas", example = "20,50,80")
                    @RequestParam(defaultValue = "20,50,80")
                    @Size(min = 1, max = MOST_PERCENTILES)
                    List<@DecimalMin("0") @DecimalMax("100") @Digits(integer = 3, fraction = 3) BigDecimal> p) {
        return timeline(id, from, to).map(timeline -> PricePercentiles.of(id, timeline, p));
    }

    @GetMapping("/change-points")
    @Operation(
            summary = "The levels that a price went through",
            description =
                    "Cuts the window where the level of the price changed for good: the best of all cuts in the sense of least squares of the"
                            + " price's logarithm over time, each cut paying for itself (PELT).")
    @ApiResponse(responseCode = "200", description = "The segments; none when it was not for sale")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid, or too much lies in the window",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "It was never for sale",
            content = {})
    Mono<PriceLevels> changePoints(
            @Parameter(example = ID) @PathVariable String id,
            @Parameter(description = FROM, example = "2026-10-01T00:00:00Z") @RequestParam(required = false) @Nullable
                    Instant from,
            @Parameter(description = TO) @RequestParam(required = false) @Nullable Instant to) {
        return timeline(id, from, to).map(timeline -> PriceLevels.of(id, timeline));
    }

    @GetMapping(path = "/chart", produces = "application/json")
    @Operation(
            summary = "An offering's price over time, ready to be drawn",
            description =
                    "Equal steps with the lowest, highest, average and last price in force. A step in which it was not for sale, or in which"
                            + " the market was not observed, has none and says which. As a picture with Accept: image/svg+xml.")
    @ApiResponse(
            responseCode = "200",
            description = "The steps, or the picture",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = PriceChart.class)),
                @Content(
                        mediaType = SVG,
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject("<svg xmlns=\"http://www.w3.org/2000/svg\" …>"))
            })
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid, or too much lies in the window",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "It was never for sale",
            content = {})
    Mono<PriceChart> chart(
            @Parameter(example = ID) @PathVariable String id,
            @Parameter(description = FROM, example = "2026-10-01T00:00:00Z") @RequestParam(required = false) @Nullable
                    Instant from,
            @Parameter(description = TO) @RequestParam(required = false) @Nullable Instant to,
            @Parameter(description = "Steps of the chart", example = "200")
                    @RequestParam(defaultValue = "200")
                    @Min(1)
                    @Max(MOST_POINTS)
                    int points) {
        return timeline(id, from, to).map(timeline -> PriceChart.of(id, timeline, points));
    }

    /** The same, described there. */
    @GetMapping(path = "/chart", produces = SVG)
    @Operation(hidden = true)
    Mono<String> drawing(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "200") @Min(1) @Max(MOST_POINTS) int points) {
        return chart(id, from, to, points).map(ChartDrawing::of);
    }

    private Mono<Timeline> timeline(String id, @Nullable Instant from, @Nullable Instant to) {
        return Mono.fromSupplier(() -> Span.of(from, to, clock.instant()))
                .flatMap(span -> timelines.of(id, span))
                .switchIfEmpty(Mono.error(
                        () -> ProblemException.of(ProblemType.NOT_FOUND, "no offering with this id was ever for sale")))
                .timeout(PATIENCE, Mono.error(TimelineController::late))
                .checkpoint("read an offering's timeline");
    }

    private static ProblemException late() {
        return ProblemException.retryLater(
                ProblemType.UNAVAILABLE, "the price history does not answer in time", PATIENCE);
    }
}
