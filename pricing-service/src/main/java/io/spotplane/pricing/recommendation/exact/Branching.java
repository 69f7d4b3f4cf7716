package io.spotplane.pricing.recommendation.exact;

/**
 * Says which column to cut in two: the one from which both halves gain most, by trying a few steps of the relaxation for each half until enough is
 * known of a column, and by what it gained on average from then on (Achterberg, Koch and Martin, Branching Rules Revisited, Operations Research
 * Letters 33, 2005).
 */
final class Branching {

    private static final int RELIABLE = 8;
    private static final double LEAST = 1e-3;
    private static final double MOST = 1e12;

    private final Relaxation relaxation;
    private final Gain[] downward;
    private final Gain[] upward;

    Branching(Relaxation relaxation, int columns) {
        this.relaxation = relaxation;
        this.downward = new Gain[columns];
        this.upward = new Gain[columns];
        for (int column = 0; column < columns; column++) {
            downward[column] = new Gain();
            upward[column] = new Gain();
        }
    }

    /** The column; below 0 when all are whole. */
    int column(int[] lower, int[] upper, double whole) {
        double present = relaxation.cost();
        int chosen = -1;
        double most = -1;
        for (int column : relaxation.broken(whole)) {
            double value = relaxation.value(column);
            int floor = (int) Math.floor(value);
            if (floor >= lower[column] && floor < upper[column]) {
                double score = score(column, lower[column], floor, upper[column], present);
                if (score > most) {
                    most = score;
                    chosen = column;
                }
            }
        }
        return chosen;
    }

    private double score(int column, int from, int floor, int to, double present) {
        double part = relaxation.value(column) - floor;
        var down = downward[column];
        var up = upward[column];
        if (down.tries < RELIABLE || up.tries < RELIABLE) {
            return product(
                    down.tried(relaxation.probe(column, from, floor) - present, part),
                    up.tried(relaxation.probe(column, floor + 1, to) - present, 1 - part));
        }
        return product(down.expected(part), up.expected(1 - part));
    }

    private static double product(double down, double up) {
        return Math.clamp(down, LEAST, MOST) * Math.clamp(up, LEAST, MOST);
    }

    /** What one half of a column gained, for each unit that the column was moved. */
    private static final class Gain {

        private double sum;
        private int tries;

        double tried(double gained, double distance) {
            if (gained < Double.POSITIVE_INFINITY) {
                sum += Math.max(gained, 0) / distance;
                tries++;
            }
            return gained;
        }

        double expected(double distance) {
            return sum / tries * distance;
        }
    }
}
