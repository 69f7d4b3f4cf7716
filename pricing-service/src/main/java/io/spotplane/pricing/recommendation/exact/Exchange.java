package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a solution cheaper by giving up a unit here for one there, once or twice at a time, as long as that keeps all rows. Finds the last
 * millionths in sums of many prices that the relaxation, which sees no sums, cannot find.
 */
final class Exchange {

    private static final int MOST_TRIED = 20_000;
    private static final int NONE = -1;
    private static final int MOST_AT_ONCE = 3;

    private final IntegerProgram program;
    private final long[][] weights;
    private final int[] x;
    private final long[] sums;
    private int tried;

    private Exchange(IntegerProgram program, int[] start) {
        this.program = program;
        this.x = start.clone();
        this.weights = new long[program.columns()][program.rows().size()];
        this.sums = new long[program.rows().size()];
        for (int at = 0; at < sums.length; at++) {
            var row = program.rows().get(at);
            sums[at] = row.sum(x);
            for (int entry = 0; entry < row.columns().length; entry++) {
                weights[row.columns()[entry]][at] = row.coefficients()[entry];
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
        for (int at = first; at < moves.size(); at++) {
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
        for (int at = first; at < end && tried < MOST_TRIED; at++) {
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
        if (tried++ >= MOST_TRIED || !keeps(chosen)) {
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
        for (int row = 0; row < sums.length; row++) {
            long sum = sums[row];
            for (var move : chosen) {
                sum += change(move, row);
            }
            if (!program.rows()
                    .get(row)
                    .sense()
                    .holds(sum, program.rows().get(row).bound())) {
                return false;
            }
        }
        var then = x.clone();
        for (var move : chosen) {
            add(then, move);
        }
        for (var move : chosen) {
            if ((move.from != NONE && then[move.from] < 0)
                    || (move.to != NONE && then[move.to] > program.uppers()[move.to])) {
                return false;
            }
        }
        return !program.rule().brokenBy(then);
    }

    private long change(Move move, int row) {
        return (move.to == NONE ? 0 : weights[move.to][row]) - (move.from == NONE ? 0 : weights[move.from][row]);
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
        for (int row = 0; row < sums.length; row++) {
            sums[row] += change(move, row);
        }
    }
}
