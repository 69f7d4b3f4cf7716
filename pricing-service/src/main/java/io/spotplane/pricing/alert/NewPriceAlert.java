package io.spotplane.pricing.alert;

import io.spotplane.contracts.event.PriceAlertRaised.Basis;
import io.spotplane.contracts.event.PriceAlertRaised.Kind;
import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/price-alerts}, not yet believed.
 *
 * @param name for people, at most 100 characters; optional
 * @param kind {@code THRESHOLD} or {@code BID_AT_RISK}
 * @param offeringId the one offering it is about; instead of {@code query}
 * @param query the offerings that a threshold is about; instead of {@code offeringId}
 * @param below tell when the price is at or below this
 * @param above tell when the price is at or above this; of one offering only
 * @param basis what the line is about: {@code MACHINE}, which is the default, or {@code GPU}
 * @param bid what was bid for an hour
 * @param horizon how soon the bid's end is a matter; six hours when absent
 * @param probability from which chance on; 0.2 when absent
 * @param rearmPercent by how much of the line the price must leave it before it is told of again; 2 when absent
 */
record NewPriceAlert(
        @Schema(example = "cheap L4") @Nullable String name,

        @Schema(example = "THRESHOLD", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        Kind kind,

        @Schema(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot") @Nullable
        String offeringId,

        @Nullable AlertQuery query,
        @Nullable HourlyPrice below,
        @Nullable HourlyPrice above,
        @Schema(example = "GPU") @Nullable Basis basis,
        @Nullable HourlyPrice bid,
        @Schema(example = "PT6H") @Nullable Duration horizon,
        @Schema(example = "0.2") @Nullable BigDecimal probability,
        @Schema(example = "2") @Nullable BigDecimal rearmPercent) {

    private static final int LONGEST_NAME = 100;
    private static final int MOST_ALTERNATIVES = 50;
    private static final int MOST_GPUS = 1024;
    private static final int MOST_PLACES = 6;
    private static final Duration LEAST_HORIZON = Duration.ofMinutes(1);
    private static final Duration MOST_HORIZON = Duration.ofDays(30);
    private static final Duration USUAL_HORIZON = Duration.ofHours(6);
    private static final BigDecimal USUAL_PROBABILITY = new BigDecimal("0.2");
    private static final BigDecimal USUAL_REARM = new BigDecimal("2");
    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 ._-]{1,64}");
    private static final Pattern OFFERING = Pattern.compile("[A-Za-z0-9._-]{1,64}(:[A-Za-z0-9._-]{1,128}){1,5}");

    /** Everything that is wrong with it; whether its offering exists is asked elsewhere. */
    List<FieldError> errors(String currency) {
        var errors = new Errors();
        errors.when(
                name != null && (name.isBlank() || name.length() > LONGEST_NAME),
                "/name",
                "OUT_OF_RANGE",
                "expected 1 to " + LONGEST_NAME + " characters");
        errors.when(kind == null, "/kind", "REQUIRED", "expected THRESHOLD or BID_AT_RISK");
        errors.when(
                offeringId != null && !OFFERING.matcher(offeringId).matches(),
                "/offeringId",
                "INVALID_VALUE",
                "expected the id of an offering");
        errors.when(
                isOutside(rearmPercent, BigDecimal.ZERO, HUNDRED),
                "/rearmPercent",
                "OUT_OF_RANGE",
                "expected 0 to 100, with at most 6 decimal places");
        if (kind == Kind.THRESHOLD) {
            thresholdErrors(errors, currency);
        } else if (kind == Kind.BID_AT_RISK) {
            bidErrors(errors, currency);
        }
        return errors.found;
    }

    private void thresholdErrors(Errors errors, String currency) {
        errors.when(
                (offeringId == null) == (query == null),
                "/query",
                offeringId == null ? "REQUIRED" : "NOT_ALLOWED",
                "expected either offeringId or query");
        errors.when((below == null) == (above == null), "/below", "REQUIRED", "expected either below or above");
        errors.when(
                above != null && query != null,
                "/above",
                "NOT_ALLOWED",
                "expected an offeringId: of many offerings some are always dear");
        errors.line("/below", below, currency);
        errors.line("/above", above, currency);
        errors.notAllowed("/bid", bid, Kind.THRESHOLD);
        errors.notAllowed("/horizon", horizon, Kind.THRESHOLD);
        errors.notAllowed("/probability", probability, Kind.THRESHOLD);
        if (query != null) {
            queryErrors(errors, query);
        }
    }

    private void queryErrors(Errors errors, AlertQuery wanted) {
        errors.names("/query/gpu", wanted.gpu());
        errors.names("/query/region", wanted.region());
        errors.names("/query/provider", wanted.provider());
        errors.names("/query/classPrefix", wanted.classPrefix());
        errors.number("/query/gpuCount", wanted.gpuCount(), MOST_GPUS);
        errors.number("/query/minGpuMemoryGiB", wanted.minGpuMemoryGiB(), Integer.MAX_VALUE);
        errors.number("/query/minVcpu", wanted.minVcpu(), Integer.MAX_VALUE);
        errors.number("/query/minMemoryMiB", wanted.minMemoryMiB(), Long.MAX_VALUE);
        var none = Objects.equals(wanted.gpuCount(), 0);
        errors.when(
                none && basis == Basis.GPU, "/basis", "CONTRADICTION", "a machine without GPUs has no price per GPU");
        errors.when(
                none && !AlertQuery.all(wanted.gpu()).isEmpty(),
                "/query/gpu",
                "CONTRADICTION",
                "a machine without GPUs has no model");
    }

    private void bidErrors(Errors errors, String currency) {
        errors.when(offeringId == null, "/offeringId", "REQUIRED", "expected the offering that was bid for");
        errors.when(bid == null, "/bid", "REQUIRED", "expected what was bid for an hour");
        errors.line("/bid", bid, currency);
        errors.when(
                horizon != null && (horizon.compareTo(LEAST_HORIZON) < 0 || horizon.compareTo(MOST_HORIZON) > 0),
                "/horizon",
                "OUT_OF_RANGE",
                "expected " + LEAST_HORIZON + " to " + MOST_HORIZON);
        errors.when(
                isOutside(probability, BigDecimal.ZERO, BigDecimal.ONE)
                        || (probability != null && probability.signum() == 0),
                "/probability",
                "OUT_OF_RANGE",
                "expected more than 0 and at most 1, with at most 6 decimal places");
        errors.when(basis == Basis.GPU, "/basis", "NOT_ALLOWED", "expected none: a bid is for the whole machine");
        errors.notAllowed("/query", query, Kind.BID_AT_RISK);
        errors.notAllowed("/below", below, Kind.BID_AT_RISK);
        errors.notAllowed("/above", above, Kind.BID_AT_RISK);
    }

    private static boolean isOutside(@Nullable BigDecimal value, BigDecimal least, BigDecimal most) {
        return value != null
                && (value.compareTo(least) < 0
                        || value.compareTo(most) > 0
                        || value.scale() > MOST_PLACES
                        || value.precision() > 2 * MOST_PLACES);
    }

    /** What it defines, once there are no errors. */
    AlertDefinition definition() {
        var isBid = kind == Kind.BID_AT_RISK;
        return new AlertDefinition(
                name,
                Objects.requireNonNull(kind),
                offeringId,
                query,
                below,
                above,
                Objects.requireNonNullElse(basis, Basis.MACHINE),
                bid,
                isBid ? Objects.requireNonNullElse(horizon, USUAL_HORIZON) : null,
                isBid ? Objects.requireNonNullElse(probability, USUAL_PROBABILITY) : null,
                Objects.requireNonNullElse(rearmPercent, USUAL_REARM));
    }

    /** What was found to be wrong. */
    private static final class Errors {

        private final List<FieldError> found = new ArrayList<>();

        void when(boolean wrong, String pointer, String code, String message) {
            if (wrong) {
                found.add(new FieldError(pointer, code, message));
            }
        }

        void notAllowed(String pointer, @Nullable Object value, Kind kind) {
            when(value != null, pointer, "NOT_ALLOWED", "expected none for " + kind);
        }

        void line(String pointer, @Nullable HourlyPrice line, String currency) {
            if (line != null) {
                when(line.amount().signum() == 0, pointer + "/amount", "OUT_OF_RANGE", "expected more than 0");
                when(!line.currency().equals(currency), pointer + "/currency", "UNKNOWN_VALUE", "expected " + currency);
            }
        }

        void number(String pointer, @Nullable Number value, long most) {
            when(
                    value != null && (value.longValue() < 0 || value.longValue() > most),
                    pointer,
                    "OUT_OF_RANGE",
                    "expected 0 to " + most);
        }

        void names(String pointer, @Nullable List<@Nullable String> values) {
            if (values == null) {
                return;
            }
            when(values.size() > MOST_ALTERNATIVES, pointer, "OUT_OF_RANGE", "expected at most " + MOST_ALTERNATIVES);
            for (int at = 0; at < Math.min(values.size(), MOST_ALTERNATIVES); at++) {
                var value = values.get(at);
                when(
                        value == null || !NAME.matcher(value).matches(),
                        pointer + "/" + at,
                        "INVALID_VALUE",
                        "expected 1 to 64 letters, digits, spaces, dots, dashes or underscores");
            }
        }
    }
}
