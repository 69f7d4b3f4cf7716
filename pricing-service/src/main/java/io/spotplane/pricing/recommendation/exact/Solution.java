package io.spotplane.pricing.recommendation.exact;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of solving a program.
 *
 * @param status what is known
 * @param x the best solution, in the original program's columns; null when none was found
 * @param cost what it costs; meaningless when none was found
 * @param bound no solution costs less; meaningless when there is none
 * @param certificate what proves the bound
 * @param prices of the rows of the reduced program, before anything was cut in two
 */
public record Solution(
        Status status, int @Nullable [] x, long cost, long bound, Certificate certificate, Multipliers prices) {

    /** What is known of a program. */
    public enum Status {
        /** The solution is the cheapest there is. */
        OPTIMAL,
        /** There is no solution. */
        INFEASIBLE,
        /** There is a solution; whether a cheaper one exists was not settled within the limit. */
        FEASIBLE,
        /** Whether there is a solution was not settled within the limit. */
        UNDECIDED
    }

    /** The same, for whom the solution that was found is none, and no time is left to look for another. */
    public Solution withoutSolution() {
        return new Solution(Status.UNDECIDED, null, Long.MAX_VALUE, bound, certificate, prices);
    }

    /** Whether there is a solution to use. */
    public boolean found() {
        return x != null;
    }

    /** By how little of the cost a bound may be lower and nobody who pays it would see it: of ten dollars, a hundredth of a cent. */
    private static final double CLOSE = 1e-5;

    /** Whether more search is not worth its time: nothing is cheaper, or nothing by more than a hundred-thousandth. */
    boolean settled() {
        return switch (status) {
            case OPTIMAL, INFEASIBLE -> true;
            case FEASIBLE -> close(cost, bound);
            case UNDECIDED -> false;
        };
    }

    static boolean close(long cost, long bound) {
        return cost - bound <= CLOSE * Math.abs(cost);
    }

    /**
     * By how much every solution with a unit of a column that was kept is dearer than this one, at least, as far as the prices prove it; 0 where
     * they prove nothing. In the order of the kept columns, sums behind them.
     */
    public long[] dearerWith() {
        var program = certificate.program();
        var lower = new int[program.columns()];
        var reduced = prices.reducedCosts(program, true);
        var missing = BigInteger.valueOf(cost)
                .shiftLeft(prices.scale())
                .subtract(prices.floor(program, lower, program.uppers(), true));
        var dearer = new long[reduced.length];
        for (int column = 0; column < dearer.length; column++) {
            dearer[column] = BigInteger.valueOf(reduced[column])
                    .subtract(missing)
                    .max(BigInteger.ZERO)
                    .shiftRight(prices.scale())
                    .longValue();
        }
        return dearer;
    }

    /**
     * Everything that is needed, with the original program, to check the bound without trusting who found it.
     *
     * @param rounds columns left out because others take their place, round after round
     * @param kept the columns that are left, which the program numbers in this order
     * @param sums columns behind those: each is the sum of these columns of the program
     * @param cuts rows behind all others: what each follows from
     * @param program in which the proof is written: the columns that are left with their rows, sums with a row each, then cuts
     * @param proof the steps in preorder
     */
    public record Certificate(
            List<List<Reduction.Dominated>> rounds,
            int[] kept,
            List<int[]> sums,
            List<Cut> cuts,
            IntegerProgram program,
            List<Proof> proof) {}
}
