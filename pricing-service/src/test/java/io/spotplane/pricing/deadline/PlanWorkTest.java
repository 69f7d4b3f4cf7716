package io.spotplane.pricing.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.pricing.trace.AvailabilityTrace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanWorkTest {

    private static final double[] THIRD = {1 / 3.0};
    private static final Duration TICK = Duration.ofMinutes(5);

    private final Task task =
            new Task(Duration.ofHours(20), Duration.ofHours(26), Duration.ofMinutes(12), Duration.ZERO);
    private final PlanWork planner = new PlanWork(2_000_000);

    @Test
    void plansExactlyOnAPoolThatWasSeenToTurnOften() {
        // When
        var planned = planner.plan(task, THIRD, List.of(trace(20, 4_000)));
        // Then
        assertThat(planned.method()).isEqualTo(PlanWork.Method.EXACT);
        assertThat(planned.tick()).isEqualTo(TICK);
    }

    @Test
    void fallsBackOnUniformProgressWhereTooLittleWasSeen() {
        // When
        var thin = planner.plan(task, THIRD, List.of(trace(1_000, 4_000)));
        var nothing = planner.plan(task, THIRD, List.of());
        // Then
        assertThat(thin.method()).isEqualTo(PlanWork.Method.UNIFORM_PROGRESS);
        assertThat(thin.why()).contains("turn 3 times");
        assertThat(nothing.method()).isEqualTo(PlanWork.Method.UNIFORM_PROGRESS);
    }

    @Test
    void buysOnDemandWhereNoPoolIsCheaper() {
        // When
        var planned = planner.plan(task, new double[] {1.0}, List.of(trace(20, 4_000)));
        // Then
        assertThat(planned.method()).isEqualTo(PlanWork.Method.ON_DEMAND);
    }

    @Test
    void takesLongerTicksRatherThanMoreMemory() {
        // Given
        var small = new PlanWork(60_000);
        // When
        var planned = small.plan(task, THIRD, List.of(trace(20, 4_000)));
        // Then
        assertThat(planned.method()).isEqualTo(PlanWork.Method.EXACT);
        assertThat(planned.tick()).isGreaterThan(TICK);
    }

    @Test
    void countsALongTickAsUpOnlyWhenAllOfItWas() {
        // Given
        var trace = new AvailabilityTrace("a", TICK, new int[] {0, 1, 1, 1, 0, 1, 1});
        // When
        var past = PlanWork.past(trace, TICK.multipliedBy(2));
        // Then
        assertThat(past.ages()).containsExactly(1, -1, 1);
    }

    /** Turns every {@code every} samples. */
    private static AvailabilityTrace trace(int every, int samples) {
        var nodes = new int[samples];
        for (int at = 0; at < samples; at++) {
            nodes[at] = at / every % 2;
        }
        return new AvailabilityTrace("us-west-2a", TICK, nodes);
    }
}
