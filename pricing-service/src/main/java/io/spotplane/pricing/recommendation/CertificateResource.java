package io.spotplane.pricing.recommendation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spotplane.pricing.recommendation.exact.Multipliers;
import io.spotplane.pricing.recommendation.exact.Proof;
import io.spotplane.pricing.recommendation.exact.Reduction;
import io.spotplane.pricing.recommendation.exact.Row;
import io.spotplane.pricing.recommendation.exact.Solution;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What proves an optimum, for a checker that trusts nothing else. How to check it stands in {@code docs/pricing/recommendations.md}.
 *
 * @param status what is claimed
 * @param objective what the plan costs, in millionths an hour; null when there is none
 * @param bound what no plan costs less than; null when there is none
 * @param columns ways to have a machine
 * @param rows the limits
 * @param rule the limit that is not linear; null when there is none
 * @param leftOut columns that others take the place of, round after round
 * @param kept the columns that are left, in the order in which the proof numbers them
 * @param sums columns behind those, as the proof numbers them: each is the sum of these; its row is "sum 1" and so on
 * @param cuts rows that follow from others
 * @param proof the steps in preorder
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CertificateResource(
        Solution.Status status,
        @Nullable Long objective,
        @Nullable Long bound,
        List<Column> columns,
        List<RowResource> rows,
        @Nullable RuleResource rule,
        List<List<LeftOutColumn>> leftOut,
        int[] kept,
        List<int[]> sums,
        List<CutResource> cuts,
        List<Step> proof) {

    /** One column: its offering, its bid, its cost in millionths, most of it, machines in the plan, the chance that one is lost, its pool and region. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Column(
            String offering,
            @Nullable String bid,
            long objective,
            int upper,
            int nodes,
            double lost,
            String pool,
            String region) {}

    /** One row: the sum of coefficients times columns stands to the bound as the sense says. */
    public record RowResource(String name, Row.Sense sense, long bound, int[] columns, long[] coefficients) {}

    /** More than so many machines are lost with no more than this probability, regions being so many times likelier to lose machines together. */
    public record RuleResource(int moreThan, double probability, Map<String, Double> together) {}

    /** One column that is not needed, and those that take its place. */
    public record LeftOutColumn(int column, int[] by) {}

    /**
     * A row that whole solutions keep: rows added up with a whole slack in each, and rounded.
     *
     * @param name of the row
     * @param rows names of those that are added up
     * @param multipliers theirs, as decimal text
     * @param divisor of the rounding
     * @param fromAbove columns that are counted from their upper bounds down, as numbered in kept
     */
    public record CutResource(
            String name, List<String> rows, List<String> multipliers, long divisor, int[] fromAbove) {}

    /**
     * One step.
     *
     * @param step {@code BRANCH}, {@code BOUNDED}, {@code EMPTY} or {@code AGAINST_RULE}
     * @param column of a branch, as numbered in kept
     * @param most of the first half of a branch
     * @param scale binary places of the multipliers
     * @param rows names of the rows with a multiplier
     * @param multipliers theirs, as decimal text because they exceed what some readers take for a number
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            @Schema(example = "BOUNDED") String step,
            @Nullable Integer column,
            @Nullable Integer most,
            @Nullable Integer scale,
            @Nullable List<String> rows,
            @Nullable List<String> multipliers) {}

    static CertificateResource of(Optimum optimum, Wish wish) {
        var solution = optimum.solution();
        var certificate = solution.certificate();
        boolean found = solution.x() != null;
        return new CertificateResource(
                solution.status(),
                found ? solution.cost() : null,
                found ? solution.bound() : null,
                columns(optimum),
                optimum.program().rows().stream()
                        .map(row -> new RowResource(
                                row.name(), row.sense(), row.bound(), row.columns(), row.coefficients()))
                        .toList(),
                rule(optimum, wish),
                certificate.rounds().stream().map(CertificateResource::round).toList(),
                certificate.kept(),
                certificate.sums(),
                cuts(certificate),
                certificate.proof().stream()
                        .map(step -> step(step, certificate.program().rows()))
                        .toList());
    }

    private static List<Column> columns(Optimum optimum) {
        var options = optimum.choices().options();
        var x = optimum.solution().x();
        return IntStream.range(0, options.size())
                .mapToObj(at -> {
                    var option = options.get(at);
                    var pool = option.pool();
                    return new Column(
                            option.offering().id(),
                            option.bid() == null ? null : option.bid().toPlainString(),
                            optimum.program().costs()[at],
                            optimum.program().uppers()[at],
                            x == null ? 0 : x[at],
                            option.lost(),
                            option.region() + "/" + Objects.toString(pool.zone(), "-") + "/" + pool.instanceType(),
                            option.region());
                })
                .toList();
    }

    private static @Nullable RuleResource rule(Optimum optimum, Wish wish) {
        var loss = wish.loss();
        return loss.moreThan() == null || loss.probability() == null
                ? null
                : new RuleResource(
                        loss.moreThan(),
                        loss.probability().doubleValue(),
                        optimum.choices().together());
    }

    private static List<LeftOutColumn> round(List<Reduction.Dominated> round) {
        return round.stream()
                .map(left -> new LeftOutColumn(left.column(), left.by()))
                .toList();
    }

    /** Their rows are the last ones of the program. */
    private static List<CutResource> cuts(Solution.Certificate certificate) {
        var rows = certificate.program().rows();
        int others = rows.size() - certificate.cuts().size();
        return IntStream.range(0, certificate.cuts().size())
                .mapToObj(at -> {
                    var cut = certificate.cuts().get(at);
                    return new CutResource(
                            rows.get(others + at).name(),
                            names(cut.rows(), rows),
                            texts(cut.multipliers()),
                            cut.divisor(),
                            cut.fromAbove());
                })
                .toList();
    }

    private static List<String> names(int[] places, List<Row> rows) {
        return IntStream.of(places).mapToObj(at -> rows.get(at).name()).toList();
    }

    private static List<String> texts(long[] numbers) {
        return Arrays.stream(numbers).mapToObj(Long::toString).toList();
    }

    private static Step step(Proof proof, List<Row> rows) {
        return switch (proof) {
            case Proof.Branch(int column, int most) -> new Step("BRANCH", column, most, null, null, null);
            case Proof.Bounded(Multipliers multipliers) -> priced("BOUNDED", multipliers, rows);
            case Proof.Empty(Multipliers multipliers) -> priced("EMPTY", multipliers, rows);
            case Proof.AgainstRule() -> new Step("AGAINST_RULE", null, null, null, null, null);
        };
    }

    private static Step priced(String step, Multipliers multipliers, List<Row> rows) {
        return new Step(
                step, null, null, multipliers.scale(), names(multipliers.rows(), rows), texts(multipliers.values()));
    }
}
