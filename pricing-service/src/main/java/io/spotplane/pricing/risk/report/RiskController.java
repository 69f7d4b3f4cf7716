package io.spotplane.pricing.risk.report;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.page.PageToken;
import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.Exposure;
import io.spotplane.pricing.risk.hazard.Process;
import io.spotplane.pricing.risk.hazard.Togetherness;
import io.spotplane.pricing.risk.observed.LearnRisk;
import io.spotplane.pricing.risk.report.RiskAnswers.CalibrationAnswer;
import io.spotplane.pricing.risk.report.RiskAnswers.Pools;
import io.spotplane.pricing.risk.report.RiskAnswers.SurvivalAnswer;
import io.spotplane.pricing.risk.report.RiskAnswers.TogethernessAnswer;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What is known of reclaims, over HTTP. Everything comes from memory; the arithmetic of a page runs off the event loop. */
@RestController
@RequestMapping("/v1/risk")
@PreAuthorize("hasAuthority('offerings:read')")
@Tag(name = "Risk", description = "How long spot capacity lasts, how soon it is back, and how sure that is")
class RiskController {

    private static final int MAX_PAGE_SIZE = 100;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Pool UNKNOWN = new Pool("any", "any", null, "any");
    private static final Comparator<Pool> BY_NAME = Comparator.comparing(Pool::toString);

    private final LearnRisk risk;
    private final Storefront storefront;

    RiskController(LearnRisk risk, Storefront storefront) {
        this.risk = risk;
        this.storefront = storefront;
    }

    @GetMapping("/pools")
    @Operation(
            summary = "Hazard of reclaim by age, and how soon capacity is back, for every observed pool",
            description =
                    "Estimates with 90 % credible intervals. basis says what they rest on: PRIOR and SPOT are not about this pool at all. A"
                            + " fresh installation has observed nothing and answers an empty list.")
    @ApiResponse(responseCode = "200", description = "A page of pools")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid",
            content = {})
    Mono<Pools> pools(
            @Parameter(example = "aws") @RequestParam(required = false) @Nullable String provider,
            @Parameter(example = "us-east-1") @RequestParam(required = false) @Nullable String region,
            @Parameter(example = "p3.2xlarge") @RequestParam(required = false) @Nullable String instanceType,
            @Parameter(description = "Items a page; more than 100 counts as 100")
                    @RequestParam(defaultValue = "50")
                    @Min(1)
                    int pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        var question = PageToken.fingerprint("risk pools|" + provider + "|" + region + "|" + instanceType);
        return offLoop(() -> {
            var position = PageToken.positionIn(pageToken, question, 1);
            return page(
                    question,
                    pool -> (provider == null || provider.equals(pool.provider()))
                            && (region == null || region.equals(pool.region()))
                            && (instanceType == null || instanceType.equals(pool.instanceType())),
                    position == null ? "" : position.getFirst(),
                    Math.min(pageSize, MAX_PAGE_SIZE));
        });
    }

    private Pools page(String question, Predicate<Pool> wanted, String after, int size) {
        var belief = risk.belief();
        var reclaims = belief.seen().getOrDefault(Process.RECLAIM, Map.<Pool, Exposure>of());
        var returns = belief.seen().getOrDefault(Process.RETURN, Map.<Pool, Exposure>of());
        var pools = Stream.concat(reclaims.keySet().stream(), returns.keySet().stream())
                .distinct()
                .filter(wanted)
                .filter(pool -> pool.toString().compareTo(after) > 0)
                .sorted(BY_NAME)
                .limit(size + 1L)
                .toList();
        var shown = pools.subList(0, Math.min(size, pools.size()));
        var next = pools.size() > size
                ? new PageToken(question, List.of(shown.getLast().toString())).encoded()
                : null;
        return new Pools(
                belief.asOf(),
                RiskOfPool.of(UNKNOWN, belief.risk(), null),
                shown.stream()
                        .map(pool -> RiskOfPool.of(pool, belief.risk(), reclaims.get(pool)))
                        .toList(),
                next);
    }

    @GetMapping("/survival")
    @Operation(
            summary = "The chance that a machine lives on",
            description = "That a machine of this offering which has run for age still runs after another horizon.")
    @ApiResponse(responseCode = "200", description = "The chance, with its uncertainty and what it rests on")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "Nobody sells this offering now",
            content = {})
    Mono<SurvivalAnswer> survival(
            @Parameter(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot") @RequestParam String offering,
            @Parameter(
                            description = "How long it has run, ISO 8601",
                            example = "PT1H",
                            schema = @Schema(type = "string"))
                    @RequestParam(defaultValue = "PT0S")
                    Duration age,
            @Parameter(description = "How far ahead, ISO 8601", example = "PT24H", schema = @Schema(type = "string"))
                    @RequestParam(defaultValue = "PT24H")
                    Duration horizon) {
        return offLoop(() -> {
            within("query:age", age, Duration.ZERO);
            within("query:horizon", horizon, Duration.ofSeconds(1));
            var pool = poolOf(offering);
            var belief = risk.belief().risk();
            var survival = belief.survival(pool, age, horizon);
            return new SurvivalAnswer(
                    offering,
                    age,
                    horizon,
                    survival.probability(),
                    survival.low(),
                    survival.high(),
                    belief.hazardPerHour(pool, age),
                    belief.expectedLife(pool, age, MONTH),
                    survival.basis());
        });
    }

    private static void within(String where, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw invalid(where, "OUT_OF_RANGE", "is " + value + ", expected " + least + " to " + LONGEST);
        }
    }

    @GetMapping("/togetherness")
    @Operation(
            summary = "How two offerings fail together",
            description =
                    "Name two offerings. A lift of 3 says that while one loses a machine, the other is three times as likely to lose one as at"
                            + " other times: spreading over both protects little.")
    @ApiResponse(responseCode = "200", description = "The lift, and what it rests on")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "Nobody sells one of the offerings now",
            content = {})
    Mono<TogethernessAnswer> togetherness(
            @Parameter(description = "Twice: the two offerings") @RequestParam List<String> offering) {
        return offLoop(() -> {
            if (offering.size() != 2) {
                throw invalid("query:offering", "OUT_OF_RANGE", "is given " + offering.size() + " times, expected 2");
            }
            var one = poolOf(offering.getFirst());
            var other = poolOf(offering.getLast());
            var learnt = risk.belief().risk().togetherness();
            int occasions = learnt.occasions(one, other);
            int together = learnt.together(one, other);
            return new TogethernessAnswer(
                    List.copyOf(offering),
                    Togetherness.Kind.of(one, other),
                    learnt.lift(one, other),
                    occasions,
                    together,
                    occasions == 0
                            ? "no reclaim of one was observed while the other had a machine; what is known of such pairs"
                            : occasions + " reclaims while the other had a machine, " + together + " of them together");
        });
    }

    @GetMapping("/calibration")
    @Operation(
            summary = "How good survival forecasts were",
            description =
                    "Forecasts as they would have been made at the time, from what was known before: reliability by decile, Brier score with its"
                            + " parts, mean log-likelihood; beside one constant rate for each pool and one for all. No forecasts, no scores: counts are 0.")
    @ApiResponse(responseCode = "200", description = "The scores")
    Mono<CalibrationAnswer> calibration() {
        return Mono.fromSupplier(() -> {
            var judgement = risk.judgement();
            return new CalibrationAnswer(
                    judgement.asOf().equals(Instant.EPOCH) ? null : judgement.asOf(),
                    judgement.calibration().forecasts() == 0
                            ? "no forecast has come due yet"
                            : judgement.calibration().forecasts()
                                    + " forecasts on own machines and recorded traces, each made from what was known before",
                    judgement.calibration());
        });
    }

    @GetMapping(path = "/calibration.svg", produces = "image/svg+xml")
    @Operation(summary = "The reliability curve as a picture", description = "On the diagonal the forecasts are right.")
    @ApiResponse(
            responseCode = "200",
            description = "The picture",
            content = @Content(mediaType = "image/svg+xml", schema = @Schema(type = "string")))
    Mono<ResponseEntity<String>> picture() {
        return offLoop(() -> ResponseEntity.ok()
                .contentType(MediaType.valueOf("image/svg+xml"))
                .body(ReliabilityPicture.of(
                        risk.judgement().calibration(), "Survival forecasts of this installation")));
    }

    private Pool poolOf(String offeringId) {
        var offering = storefront
                .offering(offeringId)
                .map(Storefront.Found::offering)
                .orElseThrow(() -> ProblemException.of(
                        ProblemType.NOT_FOUND, "nobody sells an offering with the id '" + offeringId + "' now"));
        if (offering.capacityType() != CapacityType.SPOT) {
            throw invalid("query:offering", "NOT_SPOT", "is on demand: its provider does not take it back");
        }
        return Pool.of(offering);
    }

    private static ProblemException invalid(String where, String code, String message) {
        return ProblemException.invalid(List.of(new Problem.FieldError(where, code, message)));
    }

    private static <T> Mono<T> offLoop(Supplier<T> answer) {
        return Mono.fromSupplier(answer).subscribeOn(Schedulers.parallel());
    }
}
