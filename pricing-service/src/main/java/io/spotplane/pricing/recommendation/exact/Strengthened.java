package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A program and the cuts that follow from it.
 *
 * @param program with a row for each cut, in the same order, behind its own rows
 * @param cuts what they follow from
 */
record Strengthened(IntegerProgram program, List<Cut> cuts) {

    private static final int ROUNDS = 40;
    private static final int PATIENCE = 6;
    private static final double PROGRESS = 0.01;

    /** Adds cuts to {@code base}, as long as they take the relaxation further and it is not {@code enough}; those that do not matter in the end go again. */
    static Strengthened of(IntegerProgram base, BooleanSupplier enough) {
        var present = new Strengthened(base, List.of());
        var relaxation = new Relaxation(base);
        var lower = new int[base.columns()];
        var costs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS && !enough.getAsBoolean(); round++) {
            if (relaxation.solve(lower, base.uppers()) != Relaxation.Outcome.SOLVED) {
                return present;
            }
            costs[round] = relaxation.cost();
            if (round >= PATIENCE && costs[round] - costs[round - PATIENCE] < PROGRESS * (costs[round] - costs[0])) {
                break;
            }
            var found = Separation.of(present.program, base.rows().size(), relaxation);
            if (found.isEmpty()) {
                break;
            }
            present = present.with(found);
            relaxation.widen(present.program);
        }
        return present.without(relaxation);
    }

    private Strengthened with(List<Separation.Found> found) {
        var rows = new ArrayList<>(program.rows());
        var all = new ArrayList<>(cuts);
        for (var one : found) {
            all.add(one.cut());
            rows.add(one.row().named(name(all.size())));
        }
        return new Strengthened(program.rows(rows), all);
    }

    private static String name(int number) {
        return "cut " + number;
    }

    /** Without the cuts that the last solution does not touch, except for those that others follow from. */
    private Strengthened without(Relaxation relaxation) {
        int own = program.rows().size() - cuts.size();
        var needed = new BitSet();
        for (int cut = cuts.size() - 1; cut >= 0; cut--) {
            if (needed.get(cut) || relaxation.touches(own + cut)) {
                needed.set(cut);
                for (int row : cuts.get(cut).rows()) {
                    if (row >= own) {
                        needed.set(row - own);
                    }
                }
            }
        }
        var rows = new ArrayList<>(program.rows().subList(0, own));
        var left = new ArrayList<Cut>();
        var places = IntStream.range(0, program.rows().size()).toArray();
        needed.stream().forEach(cut -> {
            places[own + cut] = rows.size();
            left.add(cuts.get(cut).renumbered(places));
            rows.add(program.rows().get(own + cut).named(name(left.size())));
        });
        return new Strengthened(program.rows(rows), left);
    }
}
