package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A program without the columns that no optimum needs. A column is not needed when others, each at least as cheap and in no row worse, together
 * have room for everything: whenever a solution uses it, one of them has room left, and takes its place.
 *
 * @param program what is left
 * @param kept the columns that are left, as they were numbered before
 * @param rounds what was left out, round after round; before each, and after the last, rows that say at most bound their columns
 * @param columns how many there were before
 */
public record Reduction(IntegerProgram program, int[] kept, List<List<Dominated>> rounds, int columns) {

    /** So many others at most are named for leaving one out. */
    private static final int MOST_OTHERS = 16;

    private static final int MOST_OF_A_KIND = 64;
    private static final int ROUNDS = 2;
    private static final int MOST_PARTS = 5;

    /**
     * A column that is not needed.
     *
     * @param column which, as numbered in the original program
     * @param by those that take its place, numbered likewise
     */
    public record Dominated(int column, int[] by) {}

    /** The cheapest columns of each kind, at most so many: not all that is needed, but often enough for a first solution. */
    static Reduction core(IntegerProgram program, int mostOfAKind) {
        var core = new BitSet();
        var ofKind = new HashMap<Integer, Integer>();
        IntStream.range(0, program.columns())
                .boxed()
                .sorted(Comparator.comparingLong(column -> program.costs()[column]))
                .filter(column -> ofKind.merge(program.kinds()[column], 1, Integer::sum) <= mostOfAKind)
                .forEach(core::set);
        var uppers = program.uppers().clone();
        tighten(program, core, uppers);
        return shrink(program, core, uppers, List.of());
    }

    /** {@code enough} ends the looking for more to leave out. */
    static Reduction of(IntegerProgram program, BooleanSupplier enough) {
        var alive = new BitSet();
        alive.set(0, program.columns());
        var uppers = program.uppers().clone();
        var rounds = new ArrayList<List<Dominated>>();
        for (int round = 0; round < ROUNDS; round++) {
            tighten(program, alive, uppers);
            var out = new Round(program, alive, uppers).dominated(enough);
            rounds.add(out);
            out.forEach(dominated -> alive.clear(dominated.column()));
        }
        tighten(program, alive, uppers);
        return shrink(program, alive, uppers, rounds);
    }

    /** A row that says at most and has no negative numbers left bounds each of its columns. */
    private static void tighten(IntegerProgram program, BitSet alive, int[] uppers) {
        for (var row : program.rows()) {
            if (row.sense() == Row.Sense.AT_LEAST || row.bound() < 0 || !countsAll(row, alive)) {
                continue;
            }
            for (int entry = 0; entry < row.columns().length; entry++) {
                int column = row.columns()[entry];
                if (alive.get(column)) {
                    uppers[column] = (int) Math.min(uppers[column], row.bound() / row.coefficients()[entry]);
                }
            }
        }
    }

    private static boolean countsAll(Row row, BitSet alive) {
        for (int entry = 0; entry < row.columns().length; entry++) {
            if (alive.get(row.columns()[entry]) && row.coefficients()[entry] < 1) {
                return false;
            }
        }
        return true;
    }

    /** The place in {@code row} of the only column left in it, when that makes it the column's upper bound; else below 0. */
    private static int onlyColumn(Row row, BitSet alive) {
        int only = -1;
        if (row.sense() != Row.Sense.AT_MOST || row.bound() < 0) {
            return -1;
        }
        for (int entry = 0; entry < row.columns().length; entry++) {
            if (alive.get(row.columns()[entry])) {
                if (only >= 0) {
                    return -1;
                }
                only = entry;
            }
        }
        return only >= 0 && row.coefficients()[only] > 0 ? only : -1;
    }

    private static Reduction shrink(IntegerProgram program, BitSet alive, int[] uppers, List<List<Dominated>> rounds) {
        var kept = alive.stream().toArray();
        var place = new int[program.columns()];
        Arrays.fill(place, -1);
        for (int at = 0; at < kept.length; at++) {
            place[kept[at]] = at;
        }
        var rows = program.rows().stream()
                .filter(row -> onlyColumn(row, alive) < 0)
                .map(row -> shrink(row, place))
                .filter(row -> row.columns().length > 0 || !row.sense().holds(0, row.bound()))
                .toList();
        var rule = program.rule();
        return new Reduction(
                new IntegerProgram(
                        IntStream.of(kept)
                                .mapToLong(column -> program.costs()[column])
                                .toArray(),
                        IntStream.of(kept).map(column -> uppers[column]).toArray(),
                        IntStream.of(kept)
                                .map(column -> program.kinds()[column])
                                .toArray(),
                        rows,
                        rule == IntegerProgram.Rule.NONE ? rule : new RuleOfKept(rule, kept, program.columns())),
                kept,
                rounds,
                program.columns());
    }

    private static Row shrink(Row row, int[] place) {
        var columns = new int[row.columns().length];
        var coefficients = new long[columns.length];
        int count = 0;
        for (int entry = 0; entry < columns.length; entry++) {
            int at = place[row.columns()[entry]];
            if (at >= 0) {
                columns[count] = at;
                coefficients[count++] = row.coefficients()[entry];
            }
        }
        return new Row(
                row.name(),
                row.sense(),
                row.bound(),
                Arrays.copyOf(columns, count),
                Arrays.copyOf(coefficients, count));
    }

    /** {@code x} of the reduced program as one of the original. */
    int[] spread(int[] x) {
        return spread(x, kept, columns);
    }

    private static int[] spread(int[] x, int[] kept, int columns) {
        var wide = new int[columns];
        for (int at = 0; at < kept.length; at++) {
            wide[kept[at]] = x[at];
        }
        return wide;
    }

    private record RuleOfKept(IntegerProgram.Rule rule, int[] kept, int columns) implements IntegerProgram.Rule {

        @Override
        public boolean brokenBy(int[] x) {
            return rule.brokenBy(spread(x, kept, columns));
        }

        @Override
        public boolean allowsInstead(int other, int column) {
            return rule.allowsInstead(kept[other], kept[column]);
        }
    }

    /** One look at all columns, cheapest first. */
    private static final class Round {

        private final IntegerProgram program;
        private final BitSet alive;
        private final int[] uppers;
        private final int[][] rowsOf;
        private final long[][] valuesOf;
        private final long[] limits;
        private final boolean[] sharedByAll;

        Round(IntegerProgram program, BitSet alive, int[] uppers) {
            this.program = program;
            this.alive = alive;
            this.uppers = uppers;
            this.rowsOf = new int[program.columns()][0];
            this.valuesOf = new long[program.columns()][0];
            this.limits = program.rows().stream().mapToLong(Row::limit).toArray();
            this.sharedByAll = new boolean[limits.length];
            for (int row = 0; row < limits.length; row++) {
                fill(row);
            }
        }

        /** Rows that bind one column only are its upper bound by now. */
        private void fill(int at) {
            var row = program.rows().get(at);
            sharedByAll[at] = row.columns().length == program.columns();
            if (onlyColumn(row, alive) >= 0) {
                return;
            }
            for (int entry = 0; entry < row.columns().length; entry++) {
                int column = row.columns()[entry];
                if (alive.get(column)) {
                    int size = rowsOf[column].length;
                    rowsOf[column] = Arrays.copyOf(rowsOf[column], size + 1);
                    valuesOf[column] = Arrays.copyOf(valuesOf[column], size + 1);
                    rowsOf[column][size] = at;
                    valuesOf[column][size] = row.coefficients()[entry];
                }
            }
        }

        List<Dominated> dominated(BooleanSupplier enough) {
            var order = alive.stream()
                    .boxed()
                    .sorted(Comparator.<Integer>comparingLong(column -> program.costs()[column])
                            .thenComparing(column -> column))
                    .toList();
            var out = new ArrayList<Dominated>();
            Map<List<Integer>, Map<Integer, List<Integer>>> keptByNeighbourhood = new HashMap<>();
            for (int column : order) {
                if (enough.getAsBoolean()) {
                    break;
                }
                var by = others(column, keptByNeighbourhood);
                if (by.length > 0) {
                    out.add(new Dominated(column, by));
                } else {
                    keptByNeighbourhood
                            .computeIfAbsent(neighbourhood(column), first -> new LinkedHashMap<>())
                            .computeIfAbsent(program.kinds()[column], first -> new ArrayList<>())
                            .add(column);
                }
            }
            return out;
        }

        /** The rows of few columns that this one takes part in: two columns can replace each other only where these agree. */
        private List<Integer> neighbourhood(int column) {
            return IntStream.of(rowsOf[column])
                    .filter(row -> !sharedByAll[row] && program.rows().get(row).sense() == Row.Sense.AT_MOST)
                    .boxed()
                    .toList();
        }

        /** Those that together replace {@code column}: of each kind the cheapest are looked at. */
        private int[] others(int column, Map<List<Integer>, Map<Integer, List<Integer>>> kept) {
            var by = new int[MOST_OTHERS];
            int count = 0;
            long room = 0;
            for (var part : parts(neighbourhood(column))) {
                for (var kind : kept.getOrDefault(part, Map.of()).values()) {
                    for (int other : kind.subList(0, Math.min(kind.size(), MOST_OF_A_KIND))) {
                        if (uppers[other] > 0
                                && canReplace(other, column)
                                && program.rule().allowsInstead(other, column)) {
                            by[count++] = other;
                            room += uppers[other];
                            if (room >= mostOfBoth(column, by, count)) {
                                return Arrays.copyOf(by, count);
                            }
                            if (count == MOST_OTHERS) {
                                return new int[0];
                            }
                        }
                    }
                }
            }
            return new int[0];
        }

        /** Every selection of {@code rows}; of many rows only all and none. */
        private static List<List<Integer>> parts(List<Integer> rows) {
            if (rows.size() > MOST_PARTS) {
                return List.of(rows, List.of());
            }
            return IntStream.range(0, 1 << rows.size())
                    .mapToObj(mask -> IntStream.range(0, rows.size())
                            .filter(at -> (mask >> at & 1) == 1)
                            .mapToObj(rows::get)
                            .toList())
                    .toList();
        }

        /** The most units that all of them together can have in any solution. */
        private long mostOfBoth(int column, int[] by, int count) {
            long most = Long.MAX_VALUE;
            for (int row : rowsOf[column]) {
                if (limits[row] < most && allTakePart(row, by, count)) {
                    most = limits[row];
                }
            }
            return most;
        }

        private boolean allTakePart(int row, int[] by, int count) {
            for (int at = 0; at < count; at++) {
                if (Arrays.binarySearch(rowsOf[by[at]], row) < 0) {
                    return false;
                }
            }
            return true;
        }

        private boolean canReplace(int other, int column) {
            int mine = 0;
            int theirs = 0;
            while (mine < rowsOf[column].length || theirs < rowsOf[other].length) {
                int myRow = mine < rowsOf[column].length ? rowsOf[column][mine] : Integer.MAX_VALUE;
                int theirRow = theirs < rowsOf[other].length ? rowsOf[other][theirs] : Integer.MAX_VALUE;
                int row = Math.min(myRow, theirRow);
                long present = myRow == row ? valuesOf[column][mine++] : 0;
                long candidate = theirRow == row ? valuesOf[other][theirs++] : 0;
                if (!program.rows().get(row).sense().noWorse(candidate, present)) {
                    return false;
                }
            }
            return true;
        }
    }
}
