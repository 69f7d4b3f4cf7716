package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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
final class Search {

    private static final int BRIEF = 400;
    private static final int LONG = 20_000;
    private static final double WHOLE = 1e-6;

    private final Reduction reduction;
    private final List<int[]> sums;
    private final Incumbent incumbent;
    private final boolean best;
    private final boolean brief;
    private final BooleanSupplier enough;
    private final Strengthened strengthened;
    private final IntegerProgram program;
    private final Relaxation relaxation;
    private final Branching branching;
    private final long grain;
    private final PriorityQueue<Box> open =
            new PriorityQueue<>(Comparator.<Box>comparingLong(box -> box.bound).thenComparing(box -> -box.depth));
    private final Box root = new Box(null, -1, 0, false);
    private Relaxation.@Nullable Basis present;
    private int boxes;

    /**
     * A search over the program of {@code reduction}.
     *
     * @param reduction whose program is searched
     * @param sums columns of that program to add up, see {@link Sums}
     * @param incumbent the best that is known, which this search makes better
     * @param best whether the best solution is wanted, and not just any
     * @param brief whether it ends after a few boxes; otherwise it goes on at least until there is a solution
     * @param enough says when to stop in any case
     */
    Search(
            Reduction reduction,
            List<int[]> sums,
            Incumbent incumbent,
            boolean best,
            boolean brief,
            BooleanSupplier enough) {
        this.reduction = reduction;
        this.sums = sums;
        this.incumbent = incumbent;
        this.best = best;
        this.brief = brief;
        this.enough = enough;
        var base = Sums.with(sums, reduction.program());
        this.strengthened = Strengthened.of(base, enough);
        this.program = strengthened.program();
        this.relaxation = new Relaxation(base);
        this.relaxation.widen(program);
        this.branching = new Branching(relaxation, program.columns());
        this.grain = program.grain();
    }

    Solution run() {
        root.bounded(root.multipliers, program, new int[program.columns()], program.uppers(), grain);
        open.add(root);
        boolean stopped = false;
        while (!open.isEmpty() && !stopped) {
            var box = open.remove();
            while (box != null && !stopped) {
                stopped = stops(box);
                if (stopped) {
                    open.add(box);
                } else {
                    boxes++;
                    box = settle(box);
                }
            }
        }
        return conclude();
    }

    private boolean stops(Box next) {
        if (brief ? boxes >= BRIEF : boxes >= LONG && incumbent.x() != null) {
            return true;
        }
        return enough.getAsBoolean()
                || boxes >= BRIEF && incumbent.x() != null && Solution.close(incumbent.cost(), leastBound(next));
    }

    private long leastBound(Box next) {
        return open.isEmpty() ? next.bound : Math.min(next.bound, open.element().bound);
    }

    /** Closes the box, or cuts it and answers the half to go on with. */
    private @Nullable Box settle(Box box) {
        var lower = new int[program.columns()];
        var upper = program.uppers().clone();
        box.narrow(lower, upper);
        if (program.rule() != IntegerProgram.Rule.NONE && program.rule().brokenBy(own(lower))) {
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
        if (box.bound >= incumbent.cost()) {
            box.close(new Proof.Bounded(box.multipliers));
            return null;
        }
        return cut(box, outcome, lower, upper);
    }

    private void consider(int[] x) {
        incumbent.consider(x, reduction, best ? root.bound : Long.MAX_VALUE);
    }

    private int[] own(int[] x) {
        return sums.isEmpty() ? x : Arrays.copyOf(x, reduction.program().columns());
    }

    private int[] rounded() {
        var x = new int[reduction.program().columns()];
        for (int column = 0; column < x.length; column++) {
            x[column] = (int) Math.round(relaxation.value(column));
        }
        return x;
    }

    private @Nullable Box cut(Box box, Relaxation.Outcome outcome, int[] lower, int[] upper) {
        int column = outcome == Relaxation.Outcome.SOLVED ? branching.column(lower, upper, WHOLE) : -1;
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
        consider(own(x));
        box.close(new Proof.Bounded(new Multipliers(0, new int[0], new long[0])));
    }

    private Solution conclude() {
        var proof = new ArrayList<Proof>();
        var waiting = new ArrayDeque<Box>();
        waiting.push(root);
        long bound = incumbent.cost();
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
        var certificate = new Solution.Certificate(
                reduction.rounds(), reduction.kept(), sums, strengthened.cuts(), program, proof);
        return new Solution(status(bound), incumbent.x(), incumbent.cost(), bound, certificate, root.multipliers);
    }

    private Solution.Status status(long bound) {
        if (incumbent.x() == null) {
            return open.isEmpty() ? Solution.Status.INFEASIBLE : Solution.Status.UNDECIDED;
        }
        return bound >= incumbent.cost() ? Solution.Status.OPTIMAL : Solution.Status.FEASIBLE;
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
