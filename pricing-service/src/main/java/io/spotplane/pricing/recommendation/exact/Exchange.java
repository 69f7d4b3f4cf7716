package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a solution cheaper by giving up a unit here for one there, once or twice at a time, as long as that keeps all rows. Finds the last
 * millionths in sums of many prices that the relaxation, which sees no sums, cannot find.
 */
final class Exchange {

    private static final int NONE = -1;
    private static final int MOST_AT_ONCE = 3;

    /** Steps, of which a try counts for as many as it takes the time of. */
    private static final int MOST_EFFORT = 2_000_000;

    private static final int EFFORT_OF_A_TRY = 50;

    private final IntegerProgram program;
    private final int[] x;
    private final int[][] rowsOf;
    private final long[][] weightsOf;
    private final long[] sums;
    private final long[] changes;
    private int effort;

    private Exchange(IntegerProgram program, int[] start) {
        this.program = program;
        this.x = start.clone();
        this.sums = program.rows().stream().mapToLong(row -> row.sum(x)).toArray();
        this.changes = new long[sums.length];
        this.rowsOf = new int[x.length][];
        this.weightsOf = new long[x.length][];
        var counts = new int[x.length];
        for (var row : program.rows()) {
            for (int column : row.columns()) {
                counts[column]++;
            }
        }
        Arrays.setAll(rowsOf, column -> new int[counts[column]]);
        Arrays.setAll(weightsOf, column -> new long[counts[column]]);
        for (int at = sums.length - 1; at >= 0; at--) {
            var row = program.rows().get(at);
            for (int entry = 0; entry < row.columns().length; entry++) {
                int column = row.columns()[entry];
                rowsOf[column][--counts[column]] = at;
                weightsOf[column][counts[column]] = row.coefficients()[entry];
            }
        }
    }

    private record Move(int from, int to, long gain) {}

    /** {@code start}, which keeps all rows, or something cheaper that does, but no cheaper than {@code bound}. */
    static int[] improved(IntegerProgram program, int[] start, long bound) {
        return new Exchange(program, start).run(bound);
    }

    private int[] run(long bound) {
        while (program.cost(x) > bound && once(program.cost(x) - bound)) {
            // goes on from the cheaper one
        }
        return x;
    }

    /** Takes the first that gains something, but no more than {@code most}, of single moves, pairs and triples. */
    private boolean once(long most) {
        var moves = moves();
        effort += moves.size();
        for (int count = 1; count <= MOST_AT_ONCE; count++) {
            if (search(moves, 0, new Move[count], 0, 0, most)) {
                return true;
            }
        }
        return false;
    }

    /** Fills {@code chosen} from {@code place} on, with moves from {@code first} on; the last one so that the gain of all is right. */
    private boolean search(List<Move> moves, int first, Move[] chosen, int place, long gain, long most) {
        if (place == chosen.length - 1) {
            return last(moves, first, chosen, gain, most);
        }
        if (place == chosen.length - 2) {
            return lastTwo(moves, first, chosen, gain, most);
        }
        for (int at = first; at < moves.size() && effort < MOST_EFFORT; at++) {
            chosen[place] = moves.get(at);
            if (search(moves, at + 1, chosen, place + 1, gain + moves.get(at).gain, most)) {
                return true;
            }
        }
        return false;
    }

    private boolean last(List<Move> moves, int first, Move[] chosen, long gain, long most) {
        for (int at = first; at < moves.size() && gain + moves.get(at).gain > 0; at++) {
            if (gain + moves.get(at).gain <= most && taken(chosen, moves.get(at))) {
                return true;
            }
        }
        return false;
    }

    /** Of two, the second may gain the more the less the first does, so that one look at each is enough. */
    private boolean lastTwo(List<Move> moves, int first, Move[] chosen, long gain, long most) {
        int end = moves.size();
        for (int at = first; at < end && effort++ < MOST_EFFORT; at++) {
            long both = gain + moves.get(at).gain;
            while (end > 0 && both + moves.get(end - 1).gain <= 0) {
                end--;
            }
            chosen[chosen.length - 2] = moves.get(at);
            for (int other = end - 1; other > at && both + moves.get(other).gain <= most; other--) {
                if (taken(chosen, moves.get(other))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean taken(Move[] chosen, Move last) {
        chosen[chosen.length - 1] = last;
        effort += EFFORT_OF_A_TRY;
        if (effort >= MOST_EFFORT || !keeps(chosen)) {
            return false;
        }
        for (var move : chosen) {
            apply(move);
        }
        return true;
    }

    private List<Move> moves() {
        var moves = new ArrayList<Move>();
        for (int from = NONE; from < x.length; from++) {
            if (from != NONE && x[from] == 0) {
                continue;
            }
            for (int to = NONE; to < x.length; to++) {
                if (to != from && (to == NONE || x[to] < program.uppers()[to])) {
                    moves.add(new Move(from, to, cost(from) - cost(to)));
                }
            }
        }
        moves.sort(Comparator.comparingLong(move -> -move.gain));
        return moves;
    }

    private long cost(int column) {
        return column == NONE ? 0 : program.costs()[column];
    }

    private boolean keeps(Move[] chosen) {
        boolean keeps = keepsRows(chosen);
        for (var move : chosen) {
            forget(move.from);
            forget(move.to);
        }
        if (!keeps) {
            return false;
        }
        var then = x.clone();
        for (var move : chosen) {
            add(then, move);
        }
        for (var move : chosen) {
            if (move.from != NONE && then[move.from] < 0
                    || move.to != NONE && then[move.to] > program.uppers()[move.to]) {
                return false;
            }
        }
        return !program.rule().brokenBy(then);
    }

    private boolean keepsRows(Move[] chosen) {
        for (var move : chosen) {
            change(move.from, -1);
            change(move.to, 1);
        }
        for (var move : chosen) {
            if (!holds(move.from) || !holds(move.to)) {
                return false;
            }
        }
        return true;
    }

    private void change(int column, int units) {
        for (int entry = 0; column != NONE && entry < rowsOf[column].length; entry++) {
            changes[rowsOf[column][entry]] += units * weightsOf[column][entry];
        }
    }

    private void forget(int column) {
        for (int entry = 0; column != NONE && entry < rowsOf[column].length; entry++) {
            changes[rowsOf[column][entry]] = 0;
        }
    }

    private boolean holds(int column) {
        for (int entry = 0; column != NONE && entry < rowsOf[column].length; entry++) {
            int at = rowsOf[column][entry];
            var row = program.rows().get(at);
            if (!row.sense().holds(sums[at] + changes[at], row.bound())) {
                return false;
            }
        }
        return true;
    }

    private static void add(int[] to, Move move) {
        if (move.from != NONE) {
            to[move.from]--;
        }
        if (move.to != NONE) {
            to[move.to]++;
        }
    }

    private void apply(Move move) {
        add(x, move);
        apply(move.from, -1);
        apply(move.to, 1);
    }

    private void apply(int column, int units) {
        for (int entry = 0; column != NONE && entry < rowsOf[column].length; entry++) {
            sums[rowsOf[column][entry]] += units * weightsOf[column][entry];
        }
    }
}
