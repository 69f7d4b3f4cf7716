package io.spotplane.benchmarks.plan;

import io.spotplane.pricing.recommendation.CertificateResource;
import io.spotplane.pricing.recommendation.CertificateResource.RowResource;
import io.spotplane.pricing.recommendation.exact.Row.Sense;
import java.time.Duration;
import java.util.OptionalLong;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Variable;

/** Others who solve the integer program of a certificate: what the cheapest plan costs in millionths, or that they find none. */
final class Rivals {

    private final CertificateResource program;
    private final long[] costs;
    private final int[] uppers;

    Rivals(CertificateResource program) {
        this.program = program;
        this.costs = program.columns().stream()
                .mapToLong(CertificateResource.Column::objective)
                .toArray();
        this.uppers = program.columns().stream()
                .mapToInt(CertificateResource.Column::upper)
                .toArray();
    }

    /** Tries every purchase of at most {@code mostNodes} machines. */
    OptionalLong bruteForce(int mostNodes) {
        var x = new int[costs.length];
        long best = Long.MAX_VALUE;
        while (true) {
            if (keeps(x)) {
                best = Math.min(best, cost(x));
            }
            int at = 0;
            int nodes = nodes(x);
            while (at < x.length && (nodes >= mostNodes || x[at] == uppers[at])) {
                nodes -= x[at];
                x[at++] = 0;
            }
            if (at == x.length) {
                return best == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(best);
            }
            x[at]++;
        }
    }

    /** Machine by machine the cheapest for what is still missing that breaks no upper limit. */
    OptionalLong greedy() {
        var x = new int[costs.length];
        while (missing(x) > 0) {
            int best = -1;
            double bestPrice = Double.MAX_VALUE;
            for (int column = 0; column < x.length; column++) {
                double use = use(x, column);
                if (use > 0 && costs[column] / use < bestPrice && fits(x, column)) {
                    best = column;
                    bestPrice = costs[column] / use;
                }
            }
            if (best < 0) {
                return OptionalLong.empty();
            }
            x[best]++;
        }
        return keeps(x) ? OptionalLong.of(cost(x)) : OptionalLong.empty();
    }

    /** A general solver: ojAlgo's branch and bound; the best that it has when {@code limit} is over. */
    OptionalLong ojAlgo(Duration limit) {
        var model = new ExpressionsBasedModel();
        model.options.time_suffice = limit.toMillis();
        model.options.time_abort = limit.toMillis();
        var variables = new Variable[costs.length];
        for (int column = 0; column < costs.length; column++) {
            variables[column] = model.newVariable("x" + column)
                    .integer()
                    .lower(0)
                    .upper(uppers[column])
                    .weight(costs[column]);
        }
        for (var row : program.rows()) {
            var expression = model.newExpression(row.name());
            for (int entry = 0; entry < row.columns().length; entry++) {
                expression.set(variables[row.columns()[entry]], row.coefficients()[entry]);
            }
            switch (row.sense()) {
                case AT_MOST -> expression.upper(row.bound());
                case AT_LEAST -> expression.lower(row.bound());
                case EXACTLY -> expression.level(row.bound());
            }
        }
        var result = model.minimise();
        if (!result.getState().isFeasible()) {
            return OptionalLong.empty();
        }
        var x = new int[costs.length];
        for (int column = 0; column < x.length; column++) {
            x[column] = (int) Math.round(result.doubleValue(column));
        }
        return keeps(x) ? OptionalLong.of(cost(x)) : OptionalLong.empty();
    }

    private static int nodes(int[] x) {
        int nodes = 0;
        for (int value : x) {
            nodes += value;
        }
        return nodes;
    }

    private long cost(int[] x) {
        long cost = 0;
        for (int column = 0; column < x.length; column++) {
            cost += costs[column] * x[column];
        }
        return cost;
    }

    private boolean keeps(int[] x) {
        return program.rows().stream().allMatch(row -> switch (row.sense()) {
            case AT_MOST -> sum(row, x) <= row.bound();
            case AT_LEAST -> sum(row, x) >= row.bound();
            case EXACTLY -> sum(row, x) == row.bound();
        });
    }

    private static long sum(RowResource row, int[] x) {
        long sum = 0;
        for (int entry = 0; entry < row.columns().length; entry++) {
            sum += row.coefficients()[entry] * x[row.columns()[entry]];
        }
        return sum;
    }

    /** How many of the lower limits are not reached yet. */
    private long missing(int[] x) {
        return program.rows().stream()
                .filter(row -> row.sense() != Sense.AT_MOST && sum(row, x) < row.bound())
                .count();
    }

    /** What one more of {@code column} brings, as shares of what is missing. */
    private double use(int[] x, int column) {
        double use = 0;
        for (var row : program.rows()) {
            long left = row.bound() - sum(row, x);
            if (row.sense() != Sense.AT_MOST && left > 0) {
                use += Math.min(1, coefficient(row, column) / (double) left);
            }
        }
        return use;
    }

    private boolean fits(int[] x, int column) {
        if (x[column] == uppers[column]) {
            return false;
        }
        x[column]++;
        boolean fits = program.rows().stream()
                .filter(row -> row.sense() != Sense.AT_LEAST)
                .allMatch(row -> sum(row, x) <= row.bound());
        x[column]--;
        return fits;
    }

    private static long coefficient(RowResource row, int column) {
        int at = java.util.Arrays.binarySearch(row.columns(), column);
        return at < 0 ? 0 : row.coefficients()[at];
    }
}
