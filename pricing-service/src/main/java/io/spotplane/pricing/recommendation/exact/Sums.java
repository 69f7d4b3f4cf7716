package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program with columns that count others: for each kind that several columns are of, one more column, which a row makes the sum of them. The
 * solutions are the same, but to cut in two by how many there are of a kind settles at once what would take as many cuts as there are ways to
 * share that number out.
 */
final class Sums {

    private Sums() {}

    /** Those columns of {@code program} that are of one kind, for every kind of several. */
    static List<int[]> of(IntegerProgram program) {
        var byKind = new LinkedHashMap<Integer, List<Integer>>();
        for (int column = 0; column < program.columns(); column++) {
            byKind.computeIfAbsent(program.kinds()[column], first -> new ArrayList<>())
                    .add(column);
        }
        return byKind.values().stream()
                .filter(columns -> columns.size() > 1)
                .map(columns -> columns.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** {@code program} with a column and a row for each of {@code sums} behind its own; without sums, the same. */
    static IntegerProgram with(List<int[]> sums, IntegerProgram program) {
        if (sums.isEmpty()) {
            return program;
        }
        int own = program.columns();
        var uppers = Arrays.copyOf(program.uppers(), own + sums.size());
        var kinds = Arrays.copyOf(program.kinds(), own + sums.size());
        var rows = new ArrayList<Row>();
        for (int at = 0; at < sums.size(); at++) {
            uppers[own + at] =
                    Arrays.stream(sums.get(at)).map(column -> uppers[column]).sum();
            kinds[own + at] = program.kinds()[sums.get(at)[0]];
            rows.add(row(sums.get(at), own + at, "sum " + (at + 1)));
        }
        return new IntegerProgram(
                Arrays.copyOf(program.costs(), own + sums.size()),
                uppers,
                kinds,
                Stream.concat(program.rows().stream(), rows.stream()).toList(),
                program.rule());
    }

    private static Row row(int[] columns, int sum, String name) {
        var all = Arrays.copyOf(columns, columns.length + 1);
        all[columns.length] = sum;
        var coefficients = new long[all.length];
        Arrays.fill(coefficients, 1);
        coefficients[columns.length] = -1;
        return new Row(name, Row.Sense.EXACTLY, 0, all, coefficients);
    }
}
