package io.spotplane.pricing.recommendation.exact;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Solves integer programs with a proof: leaves out what is not needed ({@link Reduction}), then searches ({@link Search}), at first briefly over
 * the columns as they are, which settles nearly all; and where columns share kinds and that was not enough, over their sums as well.
 */
public final class ExactSolver {

    private ExactSolver() {}

    /**
     * Solves {@code program}.
     *
     * @param enough asked before each box; when it says so, the best that is known by then is the answer
     */
    public static Solution solve(IntegerProgram program, BooleanSupplier enough) {
        return solve(program, enough, List.of());
    }

    /**
     * Solves {@code program}, knowing some solutions that may be good already.
     *
     * @param enough as above
     * @param known guesses; those that are no solutions are not taken
     */
    public static Solution solve(IntegerProgram program, BooleanSupplier enough, List<int[]> known) {
        var reduction = Reduction.of(program);
        return solve(reduction, new Incumbent(program, reduction, true), enough, known);
    }

    /**
     * Finds out whether {@code program} has a solution: the answer is the first that is found, as feasible, or that there is none.
     *
     * @param enough as above
     * @param known guesses; those that are no solutions are not taken
     */
    public static Solution any(IntegerProgram program, BooleanSupplier enough, List<int[]> known) {
        var reduction = Reduction.of(program);
        var incumbent = new Incumbent(program, reduction, false);
        return solve(reduction, incumbent, () -> incumbent.x() != null || enough.getAsBoolean(), known);
    }

    private static Solution solve(
            Reduction reduction, Incumbent incumbent, BooleanSupplier enough, List<int[]> known) {
        known.forEach(incumbent::guess);
        var sums = Sums.of(reduction.program());
        if (!sums.isEmpty()) {
            var brief = new Search(reduction, List.of(), incumbent, true, enough).run();
            if (brief.settled() || enough.getAsBoolean()) {
                return brief;
            }
        }
        return new Search(reduction, sums, incumbent, false, enough).run();
    }
}
