package io.spotplane.pricing.offering;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters that say what a ranking goes by, and how it is shown.
 *
 * @param metric what counts
 * @param wCpu weight of a virtual CPU
 * @param wMem weight of a GiB of memory
 * @param wGpu weight of a GPU
 * @param nodes how many of each to price
 * @param pageSize items a page
 * @param pageToken where to go on
 */
record RankingShape(
        @Parameter(
                description =
                        "What a machine's price is divided by: cpu-only, cpu+mem, cpu+mem+gpu (the default), or custom, for which all three"
                                + " weights must be given",
                example = "cpu+mem")
        // A plus sign in a query string is a blank.
        @Pattern(
                regexp = "cpu-only|cpu[+ ]mem|cpu[+ ]mem[+ ]gpu|custom",
                message = "expected cpu-only, cpu+mem, cpu+mem+gpu or custom")
        @Nullable
        String metric,

        @Parameter(description = "Weight of a virtual CPU, 1.0 when absent", example = "1.0")
        @DecimalMin("0")
        @DecimalMax(MOST)
        @Digits(integer = 4, fraction = 6)
        @Nullable
        BigDecimal wCpu,

        @Parameter(description = "Weight of a GiB of memory, 0.5 when absent", example = "0.5")
        @DecimalMin("0")
        @DecimalMax(MOST)
        @Digits(integer = 4, fraction = 6)
        @Nullable
        BigDecimal wMem,

        @Parameter(description = "Weight of a GPU, 4.0 when absent", example = "4.0")
        @DecimalMin("0")
        @DecimalMax(MOST)
        @Digits(integer = 4, fraction = 6)
        @Nullable
        BigDecimal wGpu,

        @Parameter(description = "Adds to each offering what this many of it cost an hour and a month", example = "5")
        @Min(1)
        @Max(ListShape.MAX_NODES)
        @Nullable
        Integer nodes,

        @Parameter(description = "Items a page, 50 when absent; more than 200 counts as 200", example = "50")
        @Min(1)
        @Nullable
        Integer pageSize,

        @Parameter(description = "nextPageToken of the page before, with the same filters and weights") @Nullable
        String pageToken) {

    private static final String MOST = "1000";
    private static final String EVERYTHING = "cpu+mem+gpu";
    private static final String CUSTOM = "custom";
    private static final BigDecimal USUAL_CPU = new BigDecimal("1.0");
    private static final BigDecimal USUAL_MEM = new BigDecimal("0.5");
    private static final BigDecimal USUAL_GPU = new BigDecimal("4.0");

    /** @throws ProblemException (INVALID_REQUEST) with every weight that does not go with the metric */
    Metric metricAndWeights() {
        var name = metric == null ? EVERYTHING : metric.replace(' ', '+');
        boolean custom = name.equals(CUSTOM);
        var errors = new ArrayList<Problem.FieldError>();
        var weights = new Metric(
                name,
                weight("wCpu", wCpu, custom, true, USUAL_CPU, errors),
                weight("wMem", wMem, custom, custom || name.contains("mem"), USUAL_MEM, errors),
                weight("wGpu", wGpu, custom, custom || name.contains("gpu"), USUAL_GPU, errors));
        if (errors.isEmpty() && weights.countsNothing()) {
            errors.add(new Problem.FieldError("query:wCpu", "CONTRADICTION", "all weights are 0, expected one above"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return weights;
    }

    private static BigDecimal weight(
            String parameter,
            @Nullable BigDecimal given,
            boolean required,
            boolean counts,
            BigDecimal usual,
            List<Problem.FieldError> errors) {
        if (given == null && required) {
            errors.add(new Problem.FieldError(
                    "query:" + parameter, "REQUIRED", "is missing, expected with metric custom"));
        }
        if (given != null && !counts) {
            errors.add(new Problem.FieldError(
                    "query:" + parameter, "CONTRADICTION", "is given, but the metric does not count it"));
        }
        return counts ? Objects.requireNonNullElse(given, usual) : BigDecimal.ZERO;
    }

    int limit() {
        return ListShape.limit(pageSize);
    }
}
