package io.spotplane.pricing.recommendation.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Believes nothing of what the solver says: goes through a certificate with the original program and exact whole numbers only, and finds out by
 * itself what it proves. Uses nothing of the solver but its records.
 */
final class CertificateCheck {

    private final IntegerProgram original;
    private final Solution.Certificate certificate;
    private final Set<Integer> alive = new HashSet<>();
    private final long[] uppers;
    private final Map<String, Line> lines = new HashMap<>();
    private int columns;
    private long[] high = {};
    private BigInteger[] costs = {};
    private BigInteger proven = null;
    private boolean everythingEmpty = true;

    private CertificateCheck(IntegerProgram original, Solution.Certificate certificate) {
        this.original = original;
        this.certificate = certificate;
        this.uppers = Arrays.stream(original.uppers()).asLongStream().toArray();
        for (int column = 0; column < original.costs().length; column++) {
            alive.add(column);
        }
    }

    /** The least that any solution can cost, as far as the certificate proves it; null when it proves that there is none. */
    static BigInteger leastCost(IntegerProgram original, Solution.Certificate certificate) {
        var check = new CertificateCheck(original, certificate);
        check.leaveOut();
        check.lookAtProgram();
        check.walk();
        return check.everythingEmpty ? null : check.proven;
    }

    private void leaveOut() {
        for (var round : certificate.rounds()) {
            tighten();
            var gone = new HashSet<Integer>();
            round.forEach(dominated -> gone.add(dominated.column()));
            for (var dominated : round) {
                assertThat(alive).contains(dominated.column());
                for (int other : dominated.by()) {
                    assertThat(gone).as("takes the place and stays").doesNotContain(other);
                    assertThat(alive).contains(other);
                    replaces(other, dominated.column());
                }
                roomFor(dominated);
            }
            alive.removeAll(gone);
        }
        tighten();
        assertThat(Arrays.stream(certificate.kept()).boxed().toList()).containsExactlyInAnyOrderElementsOf(alive);
    }

    private void tighten() {
        for (var row : original.rows()) {
            long[] left = living(row);
            boolean counts = IntStream.range(0, left.length / 2).allMatch(entry -> left[2 * entry + 1] > 0);
            if (counts && row.sense() != Row.Sense.AT_LEAST && row.bound() >= 0) {
                for (int entry = 0; entry < left.length; entry += 2) {
                    uppers[(int) left[entry]] = Math.min(uppers[(int) left[entry]], row.bound() / left[entry + 1]);
                }
            }
        }
    }

    /** Column, coefficient, column, coefficient … of those still there. */
    private long[] living(Row row) {
        var entries = new long[2 * row.columns().length];
        int count = 0;
        for (int entry = 0; entry < row.columns().length; entry++) {
            if (alive.contains(row.columns()[entry])) {
                entries[count++] = row.columns()[entry];
                entries[count++] = row.coefficients()[entry];
            }
        }
        return Arrays.copyOf(entries, count);
    }

    private static long coefficient(Row row, int column) {
        for (int entry = 0; entry < row.columns().length; entry++) {
            if (row.columns()[entry] == column) {
                return row.coefficients()[entry];
            }
        }
        return 0;
    }

    private void replaces(int other, int column) {
        assertThat(original.costs()[other]).isLessThanOrEqualTo(original.costs()[column]);
        assertThat(original.rule().allowsInstead(other, column)).isTrue();
        for (var row : original.rows()) {
            long present = coefficient(row, column);
            long candidate = coefficient(row, other);
            var isItsBound = row.sense() == Row.Sense.AT_MOST && living(row).length == 2 && row.bound() >= 0;
            if (isItsBound) {
                continue;
            }
            switch (row.sense()) {
                case AT_MOST -> assertThat(candidate).isLessThanOrEqualTo(present);
                case AT_LEAST -> assertThat(candidate).isGreaterThanOrEqualTo(present);
                case EXACTLY -> assertThat(candidate).isEqualTo(present);
            }
        }
    }

    /** All of them full and one more would break a row that counts them all. */
    private void roomFor(Reduction.Dominated dominated) {
        long room =
                Arrays.stream(dominated.by()).mapToLong(other -> uppers[other]).sum();
        Predicate<Row> counts = row -> row.sense() != Row.Sense.AT_LEAST
                && Arrays.stream(row.coefficients()).allMatch(value -> value >= 1)
                && coefficient(row, dominated.column()) >= 1
                && Arrays.stream(dominated.by()).allMatch(other -> coefficient(row, other) >= 1);
        assertThat(original.rows().stream().filter(counts).anyMatch(row -> row.bound() <= room))
                .as("room of %s for column %s", Arrays.toString(dominated.by()), dominated.column())
                .isTrue();
    }

    /** Columns are numbered as the proof numbers them: those that are left, then the sums; rows are those of the program, of the sums, of the cuts. */
    private void lookAtProgram() {
        int kept = certificate.kept().length;
        columns = kept + certificate.sums().size();
        high = new long[columns];
        costs = new BigInteger[columns];
        Arrays.fill(costs, BigInteger.ZERO);
        for (int at = 0; at < kept; at++) {
            high[at] = uppers[certificate.kept()[at]];
            costs[at] = BigInteger.valueOf(original.costs()[certificate.kept()[at]]);
        }
        original.rows()
                .forEach(row -> add(row.name(), row.sense(), BigInteger.valueOf(row.bound()), at -> {
                    return at < kept ? coefficient(row, certificate.kept()[at]) : 0;
                }));
        for (int sum = 0; sum < certificate.sums().size(); sum++) {
            int column = kept + sum;
            var counted = Arrays.stream(certificate.sums().get(sum)).boxed().collect(Collectors.toSet());
            assertThat(counted).allMatch(at -> at < kept);
            high[column] = counted.stream().mapToLong(at -> high[at]).sum();
            add(
                    "sum " + (sum + 1),
                    Row.Sense.EXACTLY,
                    BigInteger.ZERO,
                    at -> at == column ? -1 : counted.contains(at) ? 1 : 0);
        }
        for (int cut = 0; cut < certificate.cuts().size(); cut++) {
            var name = "cut " + (cut + 1);
            lines.put(name, follows(certificate.cuts().get(cut)));
        }
    }

    private void add(String name, Row.Sense sense, BigInteger bound, IntToLongFunction coefficient) {
        var weights = IntStream.range(0, columns)
                .mapToObj(at -> BigInteger.valueOf(coefficient.applyAsLong(at)))
                .toArray(BigInteger[]::new);
        assertThat(lines.put(name, new Line(sense, bound, weights))).as(name).isNull();
    }

    /** Rows added up and rounded, with a whole slack in each row, and some columns counted from above: see {@link Cut}. */
    private Line follows(Cut cut) {
        var above = Arrays.stream(cut.fromAbove()).boxed().collect(Collectors.toSet());
        var divisor = BigInteger.valueOf(cut.divisor());
        var parts = IntStream.range(0, cut.rows().length)
                .mapToObj(at -> line(cut.rows()[at]))
                .toList();
        var sum = new BigInteger[columns];
        Arrays.fill(sum, BigInteger.ZERO);
        var bound = BigInteger.ZERO;
        for (int at = 0; at < parts.size(); at++) {
            var times = BigInteger.valueOf(cut.multipliers()[at]);
            bound = bound.add(times.multiply(parts.get(at).bound));
            Arrays.setAll(sum, part(sum, parts.get(at), times));
        }
        for (int column : above) {
            bound = bound.subtract(sum[column].multiply(BigInteger.valueOf(high[column])));
        }
        var rest = bound.mod(divisor);
        assertThat(rest).isPositive();
        UnaryOperator<BigInteger> rounded = value ->
                floor(value, divisor).multiply(rest).add(value.mod(divisor).min(rest));
        var least = rest.multiply(floor(bound, divisor).add(BigInteger.ONE));
        var weights = new BigInteger[columns];
        for (int column = 0; column < columns; column++) {
            if (above.contains(column)) {
                var weight = rounded.apply(sum[column].negate());
                weights[column] = weight.negate();
                least = least.subtract(weight.multiply(BigInteger.valueOf(high[column])));
            } else {
                weights[column] = rounded.apply(sum[column]);
            }
        }
        for (int at = 0; at < parts.size(); at++) {
            var times = BigInteger.valueOf(cut.multipliers()[at]);
            var slack = switch (parts.get(at).sense) {
                case AT_MOST -> rounded.apply(times).negate();
                case AT_LEAST -> rounded.apply(times.negate());
                case EXACTLY -> BigInteger.ZERO;
            };
            least = least.add(slack.multiply(parts.get(at).bound));
            Arrays.setAll(weights, part(weights, parts.get(at), slack));
        }
        return inLowestTerms(weights, least);
    }

    private static IntFunction<BigInteger> part(BigInteger[] sum, Line line, BigInteger times) {
        return column -> sum[column].add(times.multiply(line.weights[column]));
    }

    private static Line inLowestTerms(BigInteger[] weights, BigInteger least) {
        var grain = Arrays.stream(weights).reduce(BigInteger.ZERO, BigInteger::gcd);
        var whole = Arrays.stream(weights).map(weight -> weight.divide(grain)).toArray(BigInteger[]::new);
        return new Line(Row.Sense.AT_LEAST, floor(least.negate(), grain).negate(), whole);
    }

    private static BigInteger floor(BigInteger value, BigInteger divisor) {
        var parts = value.divideAndRemainder(divisor);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** The row that the certificate's program has at this place. */
    private Line line(int at) {
        var name = certificate.program().rows().get(at).name();
        assertThat(lines).containsKey(name);
        return lines.get(name);
    }

    private void walk() {
        var steps = certificate.proof().iterator();
        walk(steps, new long[columns], high);
        assertThat(steps).isExhausted();
    }

    private void walk(Iterator<Proof> steps, long[] from, long[] to) {
        switch (steps.next()) {
            case Proof.Branch branch -> {
                var most = to.clone();
                most[branch.column()] = Math.min(most[branch.column()], branch.most());
                walk(steps, from.clone(), most);
                var least = from.clone();
                least[branch.column()] = Math.max(least[branch.column()], branch.most() + 1L);
                walk(steps, least, to.clone());
            }
            case Proof.Bounded(Multipliers multipliers) -> {
                var unit = BigInteger.ONE.shiftLeft(multipliers.scale());
                var grain = grain();
                var step = unit.multiply(grain);
                var floor = floor(multipliers, from, to, true);
                var ceiling = floor.negate().divide(step).negate();
                if (ceiling.multiply(step).compareTo(floor) < 0) {
                    ceiling = ceiling.add(BigInteger.ONE);
                }
                var bound = ceiling.multiply(grain);
                proven = proven == null ? bound : proven.min(bound);
                everythingEmpty = false;
            }
            case Proof.Empty(Multipliers multipliers) ->
                assertThat(floor(multipliers, from, to, false)).isPositive();
            case Proof.AgainstRule() -> {
                var wide = new int[original.costs().length];
                for (int at = 0; at < certificate.kept().length; at++) {
                    wide[certificate.kept()[at]] = (int) from[at];
                }
                assertThat(original.rule().brokenBy(wide)).isTrue();
            }
        }
    }

    private BigInteger grain() {
        return Arrays.stream(costs).reduce(BigInteger.ZERO, BigInteger::gcd).max(BigInteger.ONE);
    }

    private BigInteger floor(Multipliers multipliers, long[] from, long[] to, boolean withCosts) {
        var reduced = Arrays.stream(costs)
                .map(cost -> withCosts ? cost.shiftLeft(multipliers.scale()) : BigInteger.ZERO)
                .toArray(BigInteger[]::new);
        var floor = BigInteger.ZERO;
        for (int at = 0; at < multipliers.rows().length; at++) {
            var line = line(multipliers.rows()[at]);
            var price = BigInteger.valueOf(multipliers.values()[at]);
            assertThat(price.signum()
                            * (line.sense == Row.Sense.AT_MOST ? -1 : line.sense == Row.Sense.AT_LEAST ? 1 : 0))
                    .isNotNegative();
            floor = floor.add(price.multiply(line.bound));
            Arrays.setAll(reduced, part(reduced, line, price.negate()));
        }
        for (int column = 0; column < columns; column++) {
            long end = reduced[column].signum() < 0 ? to[column] : from[column];
            floor = floor.add(reduced[column].multiply(BigInteger.valueOf(end)));
        }
        return floor;
    }

    private record Line(Row.Sense sense, BigInteger bound, BigInteger[] weights) {}
}
