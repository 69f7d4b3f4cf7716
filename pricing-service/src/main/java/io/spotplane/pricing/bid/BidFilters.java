package io.spotplane.pricing.bid;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a wish, as they came.
 *
 * @param strategy a stated survival by name; balanced when neither it nor {@code survival} is given
 * @param survival wanted chance to survive
 * @param horizon for how long
 * @param maxBid most that may be bid
 * @param ties what happens when the market reaches the bid
 */
record BidFilters(
        @Parameter(
                description =
                        "CONSERVATIVE survives 24 h with probability 0.99, BALANCED 0.95, AGGRESSIVE 0.80; LIKE_P80 survives 28 d as often as bids at"
                                + " the 80th percentile do on average over the provider's auctions. BALANCED when absent",
                example = "BALANCED")
        @Nullable
        Strategy strategy,

        @Parameter(description = "Wanted chance to survive the horizon, instead of a strategy", example = "0.95")
        @DecimalMin("0.01")
        @DecimalMax("0.9999")
        @Digits(integer = 1, fraction = 6)
        @Nullable
        BigDecimal survival,

        @Parameter(description = "For how long; the strategy's own when absent, 24 h without one", example = "PT24H")
        @Nullable
        Duration horizon,

        @Parameter(description = "Most that may be bid for one machine and hour", example = "0.27")
        @DecimalMin(value = "0", inclusive = false)
        @Digits(integer = 6, fraction = 6)
        @Nullable
        BigDecimal maxBid,

        @Parameter(
                description =
                        "What becomes of a machine when the market price reaches its bid: HELD as the provider documents, or LOST as its API"
                                + " description has it",
                example = "HELD")
        @Nullable
        Ties ties) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration ONE_DAY = Duration.ofHours(24);

    Wish wish() {
        if (strategy != null && survival != null) {
            throw invalid("query:survival", "CONFLICT", "cannot be given together with strategy");
        }
        if (horizon != null && (horizon.compareTo(SHORTEST) < 0 || horizon.compareTo(LONGEST) > 0)) {
            throw invalid("query:horizon", "OUT_OF_RANGE", "is " + horizon + ", expected PT1M to P365D");
        }
        return survival == null
                ? named(Objects.requireNonNullElse(strategy, Strategy.BALANCED))
                : new Wish(null, survival.doubleValue(), horizonOr(ONE_DAY), maxBid, tiesOrHeld());
    }

    private Wish named(Strategy name) {
        return new Wish(name, name.survival(), horizonOr(name.horizon()), maxBid, tiesOrHeld());
    }

    private Duration horizonOr(Duration usual) {
        return Objects.requireNonNullElse(horizon, usual);
    }

    private Ties tiesOrHeld() {
        return Objects.requireNonNullElse(ties, Ties.HELD);
    }

    private static ProblemException invalid(String pointer, String code, String message) {
        return ProblemException.invalid(List.of(new Problem.FieldError(pointer, code, message)));
    }
}
