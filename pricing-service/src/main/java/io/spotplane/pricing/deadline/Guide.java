package io.spotplane.pricing.deadline;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums a policy up for people: at some times, the least slack with which it still takes a chance. */
final class Guide {

    private static final int ROWS = 8;

    private Guide() {}

    static List<DeadlinePlan.GuideRow> of(PlanWork.Planned planned) {
        return planned.outlook() == null
                ? List.of()
                : IntStream.range(0, ROWS).mapToObj(row -> row(planned, row)).toList();
    }

    private static DeadlinePlan.GuideRow row(PlanWork.Planned planned, int row) {
        int left = Math.max(1, planned.job().deadline() * (ROWS - row) / ROWS);
        return new DeadlinePlan.GuideRow(
                planned.tick().multipliedBy(left),
                leastSlack(planned, left, 1, Choice::isSpot),
                leastSlack(planned, left, -1, choice -> choice.kind() == Choice.Kind.IDLE));
    }

    private static @Nullable Duration leastSlack(
            PlanWork.Planned planned, int left, int age, Predicate<Choice> wanted) {
        var ages = new int[planned.rates().length];
        Arrays.fill(ages, age);
        for (int slack = Math.max(0, left - planned.job().work());
                slack < left && slack <= planned.job().slack();
                slack++) {
            var situation = new Situation(left, left - slack, Choice.IDLE, 0, ages);
            if (wanted.test(planned.policy().choose(situation))) {
                return planned.tick().multipliedBy(slack);
            }
        }
        return null;
    }
}
