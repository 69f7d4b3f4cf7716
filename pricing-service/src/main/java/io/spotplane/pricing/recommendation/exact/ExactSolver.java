package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Branch and bound: the linear relaxation says where to look, but a box is closed only by {@link Multipliers} in integer arithmetic, so that
 * rounding can cost time and never a solution. After each cut it follows the likelier half down, and begins again with the box of the least
 * bound.
 */
public final class ExactSolver {

    private static final double WHOLE = 1e-6;
    private static final int MOST_BOXES = 20_000;

    private final IntegerProgram program;
    private final Reduction reduction;
    private final BooleanSupplier enough;
    private final Relaxation relaxation;
    private final long grain;
    private final PriorityQueue<Box> open =
            new PriorityQueue<>(Comparator.<Box>comparingLong(box -> box.bound).thenComparing(box -> -box.depth));
    private int @Nullable [] best;
    private long bestCost = Long.MAX_VALUE;
    private Relaxation.@Nullable Basis present;
    private int boxes;

    private ExactSolver(Reduction reduction, BooleanSupplier enough) {
        this.reduction = reduction;
        this.program = reduction.program();
        this.enough = enough;
        this.relaxation = new Relaxation(program);
        this.grain = program.grain();
    }

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
        var solver = new ExactSolver(Reduction.of(program), enough);
        known.stream().filter(program::admits).forEach(x -> solver.remember(x, program.cost(x)));
        return solver.run();
    }

    private void remember(int[] x, long cost) {
        if (cost < bestCost) {
            best = x;
            bestCost = cost;
        }
    }

    private Solution run() {
        var root = new Box(null, -1, 0, false);
        open.add(root);
        boolean stopped = false;
        while (!open.isEmpty() && !stopped) {
            var box = open.remove();
            while (box != null && !stopped) {
                stopped = boxes++ >= MOST_BOXES || enough.getAsBoolean();
                if (stopped) {
                    open.add(box);
                } else {
                    box = settle(box);
                }
            }
        }
        return conclude(root);
    }

    /** Closes the box, or cuts it and answers the half to go on with. */
    private @Nullable Box settle(Box box) {
        var lower = new int[program.columns()];
        var upper = program.uppers().clone();
        box.narrow(lower, upper);
        if (program.rule() != IntegerProgram.Rule.NONE && program.rule().brokenBy(lower)) {
            box.close(new Proof.AgainstRule());
            return null;
        }
        if (box.basis != null && box.basis != present) {
            relaxation.restore(box.basis);
        }
        var outcome = relaxation.solve(lower, upper);
        var prices = relaxation.rowPrices(outcome);
        if (outcome == Relaxation.Outcome.EMPTY) {
            var multipliers = Multipliers.of(program, prices, false);
            if (multipliers.floor(program, lower, upper, false).signum() > 0) {
                box.close(new Proof.Empty(multipliers));
                return null;
            }
        } else {
            box.bounded(Multipliers.of(program, prices, true), program, lower, upper, grain);
        }
        if (outcome == Relaxation.Outcome.SOLVED) {
            consider(rounded());
        }
        if (box.bound >= bestCost) {
            box.close(new Proof.Bounded(box.multipliers));
            return null;
        }
        return cut(box, outcome, lower, upper);
    }

    private int[] rounded() {
        var x = new int[program.columns()];
        for (int column = 0; column < x.length; column++) {
            x[column] = (int) Math.round(relaxation.value(column));
        }
        return x;
    }

    private void consider(int[] x) {
        if (program.admits(x)) {
            remember(reduction.spread(x), program.cost(x));
        }
    }

    private @Nullable Box cut(Box box, Relaxation.Outcome outcome, int[] lower, int[] upper) {
        int column = outcome == Relaxation.Outcome.SOLVED ? mostBroken(lower, upper) : -1;
        if (column >= 0) {
            double value = relaxation.value(column);
            int most = (int) Math.floor(value);
            return halves(box, column, most, value - most > 0.5);
        }
        column = farthestAboveLower(outcome, lower, upper);
        if (column >= 0) {
            int value = (int) Math.round(Math.clamp(relaxation.value(column), lower[column], upper[column]));
            return halves(box, column, Math.max(value, lower[column] + 1) - 1, true);
        }
        column = widest(lower, upper);
        if (column >= 0) {
            return halves(box, column, (lower[column] + upper[column]) >>> 1, false);
        }
        closePoint(box, lower);
        return null;
    }

    private @Nullable Box halves(Box box, int column, int most, boolean upperFirst) {
        var basis = relaxation.basis();
        present = basis;
        var low = new Box(box, column, most, true);
        var high = new Box(box, column, most, false);
        low.basis = basis;
        high.basis = basis;
        box.cut(column, most, low, high);
        open.add(upperFirst ? low : high);
        return upperFirst ? high : low;
    }

    private int mostBroken(int[] lower, int[] upper) {
        int most = -1;
        double farthest = WHOLE;
        for (int column = 0; column < lower.length; column++) {
            double value = relaxation.value(column);
            double distance = Math.abs(value - Math.rint(value));
            if (distance > farthest && Math.floor(value) >= lower[column] && Math.floor(value) < upper[column]) {
                farthest = distance;
                most = column;
            }
        }
        return most;
    }

    /** A whole solution that is not the end, because of the rule or of rounding: closing in on it column by column. */
    private int farthestAboveLower(Relaxation.Outcome outcome, int[] lower, int[] upper) {
        int farthest = -1;
        double distance = 0.5;
        for (int column = 0; outcome == Relaxation.Outcome.SOLVED && column < lower.length; column++) {
            double above = relaxation.value(column) - lower[column];
            if (above > distance && lower[column] < upper[column]) {
                distance = above;
                farthest = column;
            }
        }
        return farthest;
    }

    private static int widest(int[] lower, int[] upper) {
        int widest = -1;
        int width = 0;
        for (int column = 0; column < lower.length; column++) {
            if (upper[column] - lower[column] > width) {
                width = upper[column] - lower[column];
                widest = column;
            }
        }
        return widest;
    }

    /** A box of one point needs no relaxation. */
    private void closePoint(Box box, int[] x) {
        for (int at = 0; at < program.rows().size(); at++) {
            var row = program.rows().get(at);
            if (!row.holds(x)) {
                long price = Long.signum(row.bound() - row.sum(x));
                box.close(new Proof.Empty(new Multipliers(0, new int[] {at}, new long[] {price})));
                return;
            }
        }
        consider(x);
        box.close(new Proof.Bounded(new Multipliers(0, new int[0], new long[0])));
    }

    private Solution conclude(Box root) {
        var proof = new ArrayList<Proof>();
        var waiting = new ArrayDeque<Box>();
        waiting.push(root);
        long bound = bestCost;
        boolean allClosed = open.isEmpty();
        while (!waiting.isEmpty()) {
            var box = waiting.pop();
            proof.add(box.step());
            if (box.low != null && box.high != null) {
                waiting.push(box.high);
                waiting.push(box.low);
            } else if (!box.closed) {
                bound = Math.min(bound, box.bound);
            }
        }
        var certificate = new Solution.Certificate(reduction.rounds(), reduction.kept(), program, proof);
        var status = best == null
                ? (allClosed ? Solution.Status.INFEASIBLE : Solution.Status.UNDECIDED)
                : (bound >= bestCost ? Solution.Status.OPTIMAL : Solution.Status.FEASIBLE);
        return new Solution(status, best, bestCost, bound, certificate, root.multipliers);
    }

    /** Some whole numbers between bounds: what is known of them, and into which halves they were cut. */
    private static final class Box {

        private final @Nullable Box parent;
        private final int column;
        private final int most;
        private final boolean lowHalf;
        private final int depth;
        private long bound;
        private Multipliers multipliers;
        private Relaxation.@Nullable Basis basis;
        private @Nullable Box low;
        private @Nullable Box high;
        private @Nullable Proof proof;
        private boolean closed;

        Box(@Nullable Box parent, int column, int most, boolean lowHalf) {
            this.parent = parent;
            this.column = column;
            this.most = most;
            this.lowHalf = lowHalf;
            this.depth = parent == null ? 0 : parent.depth + 1;
            this.bound = parent == null ? Long.MIN_VALUE : parent.bound;
            this.multipliers = parent == null ? new Multipliers(0, new int[0], new long[0]) : parent.multipliers;
        }

        void narrow(int[] lower, int[] upper) {
            for (var box = this; box.parent != null; box = box.parent) {
                if (box.lowHalf) {
                    upper[box.column] = Math.min(upper[box.column], box.most);
                } else {
                    lower[box.column] = Math.max(lower[box.column], box.most + 1);
                }
            }
        }

        /** Takes {@code found} when they prove more than what is known from the box around. */
        void bounded(Multipliers found, IntegerProgram program, int[] lower, int[] upper, long grain) {
            long proven = found.bound(program, lower, upper, grain);
            if (proven >= bound) {
                bound = proven;
                multipliers = found;
            }
        }

        void close(Proof last) {
            proof = last;
            closed = true;
            basis = null;
        }

        void cut(int at, int highest, Box lowest, Box rest) {
            proof = new Proof.Branch(at, highest);
            low = lowest;
            high = rest;
            basis = null;
        }

        /** What stands in the proof; a box that was never settled is bounded by what bounds the box around it. */
        Proof step() {
            return proof == null ? new Proof.Bounded(multipliers) : proof;
        }
    }
}
