package io.spotplane.pricing.recommendation.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Believes nothing of what the solver says: goes through a certificate with the original program and exact whole numbers only, and finds out by
 * itself what it proves. Uses nothing of the solver but its records.
 */
final class CertificateCheck {

    private final IntegerProgram original;
    private final Solution.Certificate certificate;
    private final Set<Integer> alive = new HashSet<>();
    private final long[] uppers;
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
            if (left.length == 2 && row.sense() == Row.Sense.AT_MOST && row.bound() >= 0 && left[1] > 0) {
                uppers[(int) left[0]] = Math.min(uppers[(int) left[0]], row.bound() / left[1]);
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

    private void walk() {
        var low = new long[certificate.kept().length];
        var high = Arrays.stream(certificate.kept())
                .mapToLong(column -> uppers[column])
                .toArray();
        var steps = certificate.proof().iterator();
        walk(steps, low, high);
        assertThat(steps).isExhausted();
    }

    private void walk(Iterator<Proof> steps, long[] low, long[] high) {
        switch (steps.next()) {
            case Proof.Branch branch -> {
                var most = high.clone();
                most[branch.column()] = Math.min(most[branch.column()], branch.most());
                walk(steps, low.clone(), most);
                var least = low.clone();
                least[branch.column()] = Math.max(least[branch.column()], branch.most() + 1L);
                walk(steps, least, high.clone());
            }
            case Proof.Bounded(Multipliers multipliers) -> {
                var unit = BigInteger.ONE.shiftLeft(multipliers.scale());
                var grain = grain();
                var step = unit.multiply(grain);
                var floor = floor(multipliers, low, high, true);
                var ceiling = floor.negate().divide(step).negate();
                if (ceiling.multiply(step).compareTo(floor) < 0) {
                    ceiling = ceiling.add(BigInteger.ONE);
                }
                var bound = ceiling.multiply(grain);
                proven = proven == null ? bound : proven.min(bound);
                everythingEmpty = false;
            }
            case Proof.Empty(Multipliers multipliers) ->
                assertThat(floor(multipliers, low, high, false)).isPositive();
            case Proof.AgainstRule() -> {
                var wide = new int[original.costs().length];
                for (int at = 0; at < low.length; at++) {
                    wide[certificate.kept()[at]] = (int) low[at];
                }
                assertThat(original.rule().brokenBy(wide)).isTrue();
            }
        }
    }

    private BigInteger grain() {
        var grain = BigInteger.ZERO;
        for (int column : certificate.kept()) {
            grain = grain.gcd(BigInteger.valueOf(original.costs()[column]));
        }
        return grain.max(BigInteger.ONE);
    }

    private BigInteger floor(Multipliers multipliers, long[] low, long[] high, boolean withCosts) {
        var reduced = new BigInteger[low.length];
        for (int at = 0; at < low.length; at++) {
            long cost = withCosts ? original.costs()[certificate.kept()[at]] : 0;
            reduced[at] = BigInteger.valueOf(cost).shiftLeft(multipliers.scale());
        }
        var floor = BigInteger.ZERO;
        for (int at = 0; at < multipliers.rows().length; at++) {
            var row = original(
                    certificate.program().rows().get(multipliers.rows()[at]).name());
            var price = BigInteger.valueOf(multipliers.values()[at]);
            assertThat(price.signum()
                            * (row.sense() == Row.Sense.AT_MOST ? -1 : row.sense() == Row.Sense.AT_LEAST ? 1 : 0))
                    .isNotNegative();
            floor = floor.add(price.multiply(BigInteger.valueOf(row.bound())));
            for (int column = 0; column < low.length; column++) {
                var coefficient =
                        BigInteger.valueOf(coefficient(row, certificate.kept()[column]));
                reduced[column] = reduced[column].subtract(price.multiply(coefficient));
            }
        }
        for (int column = 0; column < low.length; column++) {
            long end = reduced[column].signum() < 0 ? high[column] : low[column];
            floor = floor.add(reduced[column].multiply(BigInteger.valueOf(end)));
        }
        return floor;
    }

    private Row original(String name) {
        var rows =
                original.rows().stream().filter(row -> row.name().equals(name)).toList();
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }
}
