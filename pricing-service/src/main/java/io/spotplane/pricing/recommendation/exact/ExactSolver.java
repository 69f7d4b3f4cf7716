package io.spotplane.pricing.recommendation.exact;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Solves integer programs with a proof: leaves out what is not needed ({@link Reduction}), then searches ({@link Search}), at first briefly over
 * the columns as they are, which settles nearly all; and where columns share kinds and that was not enough, over their sums as well.
 */
public final class ExactSolver {

    private static final int LARGE = 2_000;
    private static final int CORE = 16;

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
        return solve(program, true, enough, known);
    }

    /**
     * Finds out whether {@code program} has a solution: the answer is the first that is found, as feasible, or that there is none.
     *
     * @param enough as above
     * @param known guesses; those that are no solutions are not taken
     */
    public static Solution any(IntegerProgram program, BooleanSupplier enough, List<int[]> known) {
        return solve(program, false, enough, known);
    }

    private static Solution solve(IntegerProgram program, boolean best, BooleanSupplier enough, List<int[]> known) {
        var incumbent = new Incumbent(program);
        known.forEach(incumbent::guess);
        if (program.columns() > LARGE) {
            guessFromCore(program, incumbent, enough);
        }
        BooleanSupplier stop = best ? enough : () -> incumbent.x() != null || enough.getAsBoolean();
        var reduction = Reduction.of(program, stop);
        var sums = Sums.of(reduction.program());
        if (!sums.isEmpty()) {
            var brief = new Search(reduction, List.of(), incumbent, best, true, stop).run();
            if (brief.settled() || stop.getAsBoolean()) {
                return brief;
            }
        }
        return new Search(reduction, sums, incumbent, best, false, stop).run();
    }

    /** So that there is something to answer when all of a large program takes too long. */
    private static void guessFromCore(IntegerProgram program, Incumbent incumbent, BooleanSupplier enough) {
        var core = Reduction.core(program, CORE);
        var known = new Incumbent(core.program());
        new Search(Reduction.of(core.program(), enough), List.of(), known, true, true, enough).run();
        if (known.x() != null) {
            incumbent.guess(core.spread(known.x()));
        }
    }
}
