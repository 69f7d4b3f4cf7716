package io.spotplane.pricing.recommendation.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSolverTest {

    private static final int INSTANCES = 1_500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void findsWhatTryingEverythingFindsAndProvesIt(long seed) {
        var random = new Random(seed);
        int cuts = 0;
        for (int instance = 0; instance < INSTANCES; instance++) {
            // Given
            var program = random(random);
            // When
            var solution = ExactSolver.solve(program, () -> false);
            // Then
            proves(program, solution, "seed " + seed + ", instance " + instance);
            cuts += solution.certificate().cuts().size();
        }
        assertThat(cuts).as("cuts in all proofs").isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void provesTheSameOverSumsOfColumns(long seed) {
        var random = new Random(seed);
        int sums = 0;
        for (int instance = 0; instance < INSTANCES; instance++) {
            // Given
            var program = random(random);
            var reduction = Reduction.of(program, () -> false);
            var added = Sums.of(reduction.program());
            // When
            var search = new Search(reduction, added, new Incumbent(program), true, false, () -> false);
            // Then
            proves(program, search.run(), "seed " + seed + ", instance " + instance);
            sums += added.size();
        }
        assertThat(sums).as("sums in all proofs").isPositive();
    }

    private static void proves(IntegerProgram program, Solution solution, String name) {
        var expected = cheapestOfAll(program);
        if (expected == null) {
            assertThat(solution.status()).as(name).isEqualTo(Solution.Status.INFEASIBLE);
            assertThat(CertificateCheck.leastCost(program, solution.certificate()))
                    .as(name)
                    .isNull();
        } else {
            assertThat(solution.status()).as(name).isEqualTo(Solution.Status.OPTIMAL);
            assertThat(solution.cost()).as(name).isEqualTo(expected);
            assertThat(program.admits(solution.x())).as(name).isTrue();
            assertThat(program.cost(solution.x())).as(name).isEqualTo(expected);
            assertThat(CertificateCheck.leastCost(program, solution.certificate()))
                    .as(name)
                    .isGreaterThanOrEqualTo(BigInteger.valueOf(expected));
        }
    }

    /** Few prices, so that there are ties; budgets that are met exactly by some purchase; least budgets; all kinds of limits. */
    private static IntegerProgram random(Random random) {
        int columns = 1 + random.nextInt(5);
        int most = 1 + random.nextInt(6);
        var costs = IntStream.range(0, columns)
                .mapToLong(any -> 1000L * (1 + random.nextInt(9)))
                .toArray();
        if (random.nextInt(3) == 0) {
            Arrays.setAll(costs, at -> costs[at] + random.nextInt(1000));
        }
        var uppers = IntStream.range(0, columns)
                .map(any -> random.nextBoolean() ? most : random.nextInt(most + 1))
                .toArray();
        var all = IntStream.range(0, columns).toArray();
        var rows = new ArrayList<Row>();
        rows.add(row("nodes", random.nextBoolean() ? Row.Sense.EXACTLY : Row.Sense.AT_MOST, most, all, any -> 1));
        var vcpu = IntStream.range(0, columns)
                .mapToLong(any -> 1L << random.nextInt(5))
                .toArray();
        if (random.nextBoolean()) {
            rows.add(row("vcpu", Row.Sense.AT_LEAST, random.nextInt(16 * most + 8), all, at -> vcpu[at]));
        }
        if (random.nextBoolean()) {
            rows.add(row("budget", Row.Sense.AT_MOST, budget(random, costs, most), all, at -> costs[at]));
        }
        if (random.nextInt(3) == 0) {
            rows.add(row("least budget", Row.Sense.AT_LEAST, budget(random, costs, most) / 2, all, at -> costs[at]));
        }
        if (random.nextInt(3) == 0) {
            rows.add(row("loss", Row.Sense.AT_MOST, 0, all, at -> (at * 37 + 11) % 23 - 9L));
        }
        var region = IntStream.of(all).filter(any -> random.nextBoolean()).toArray();
        if (region.length > 0) {
            rows.add(row("region", Row.Sense.AT_MOST, random.nextInt(most + 1), region, any -> 1));
        }
        var rule = random.nextInt(4) == 0 ? rule(random.nextInt(2 * most * most)) : IntegerProgram.Rule.NONE;
        var kinds = IntStream.of(all).map(any -> random.nextInt(columns)).toArray();
        return new IntegerProgram(costs, uppers, kinds, rows, rule);
    }

    private static long budget(Random random, long[] costs, int most) {
        return IntStream.range(0, most)
                .mapToLong(any -> costs[random.nextInt(costs.length)])
                .sum();
    }

    /** No lump may be too large: the sum of squares stays under a limit. */
    private static IntegerProgram.Rule rule(int limit) {
        return new IntegerProgram.Rule() {
            @Override
            public boolean brokenBy(int[] x) {
                return Arrays.stream(x).map(value -> value * value).sum() > limit;
            }

            @Override
            public boolean allowsInstead(int other, int column) {
                return false;
            }
        };
    }

    private static Row row(
            String name, Row.Sense sense, long bound, int[] columns, java.util.function.IntToLongFunction coefficient) {
        var present = Arrays.stream(columns)
                .filter(at -> coefficient.applyAsLong(at) != 0)
                .toArray();
        return new Row(
                name,
                sense,
                bound,
                present,
                Arrays.stream(present).mapToLong(coefficient).toArray());
    }

    private static Long cheapestOfAll(IntegerProgram program) {
        Long least = null;
        var x = new int[program.columns()];
        while (true) {
            if (program.admits(x) && (least == null || program.cost(x) < least)) {
                least = program.cost(x);
            }
            int at = 0;
            while (at < x.length && x[at] == program.uppers()[at]) {
                x[at++] = 0;
            }
            if (at == x.length) {
                return least;
            }
            x[at]++;
        }
    }

    @Test
    void leavesOutWhatOthersReplace() {
        // Given
        var all = IntStream.range(0, 400).toArray();
        var program = new IntegerProgram(
                IntStream.of(all).mapToLong(at -> 1000 + at).toArray(),
                IntStream.of(all).map(any -> 4).toArray(),
                List.of(row("nodes", Row.Sense.EXACTLY, 10, all, any -> 1)));
        // When
        var solution = ExactSolver.solve(program, () -> false);
        // Then
        assertThat(solution.certificate().kept()).containsExactly(0, 1, 2);
        assertThat(solution.cost()).isEqualTo(4 * 1000 + 4 * 1001 + 2 * 1002);
    }

    @Test
    void answersTheBestItHasWhenTimeIsUp() {
        // Given
        var program = random(new Random(5));
        // When
        var solution = ExactSolver.solve(program, () -> true);
        // Then
        assertThat(solution.status()).isEqualTo(Solution.Status.UNDECIDED);
        assertThat(solution.found()).isFalse();
    }

    @Test
    void answersFromTheCheapestOfEachKindWhenAllTakesTooLong() {
        // Given
        int columns = 3_000;
        var all = IntStream.range(0, columns).toArray();
        var program = new IntegerProgram(
                IntStream.of(all).mapToLong(at -> 1_000 + (at * 7_919L) % 5_003).toArray(),
                IntStream.of(all).map(any -> 2).toArray(),
                IntStream.of(all).map(at -> at % 30).toArray(),
                List.of(
                        row("nodes", Row.Sense.AT_MOST, 40, all, any -> 1),
                        row("vcpu", Row.Sense.AT_LEAST, 401, all, at -> 2 + at % 30)),
                IntegerProgram.Rule.NONE);
        var asked = new AtomicInteger();
        // When
        var solution = ExactSolver.solve(program, () -> asked.incrementAndGet() > 2_000);
        // Then
        assertThat(program.admits(solution.x())).isTrue();
        assertThat(CertificateCheck.leastCost(program, solution.certificate()))
                .isEqualTo(BigInteger.valueOf(solution.bound()));
    }
}
