package io.spotplane.pricing.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactPlanTest {

    private static final double[] RATE = {0.33};
    private static final int RUNS = 3_000;

    private final Job job = new Job(60, 80, 3, 0);

    @Test
    void costsOnAverageWhatItExpectsWhereThePoolIsAsBelieved() {
        // Given
        var past = past(0.05, 0.10, 20_000);
        var outlook = Outlook.of(List.of(past), RATE, job.startUp(), new LearnChain(300));
        var plan = ExactPlan.of(job, outlook);
        // When
        var spread = Spread.of(job, plan, RATE, RUNS, 1, seed -> new Forecast(outlook.chains(), new int[] {1}, seed));
        // Then
        assertThat(spread.mean()).isCloseTo(plan.expected(new int[] {1}), within(0.02 * spread.mean()));
        assertThat(spread.percentile(10)).isLessThan(spread.percentile(90));
    }

    @Test
    void isCheaperThanPoliciesThatKnowNothingWhereThePoolIsAsBelieved() {
        // Given
        var past = past(0.05, 0.05, 20_000);
        var outlook = Outlook.of(List.of(past), RATE, job.startUp(), new LearnChain(300));
        // When
        double ours = mean(ExactPlan.of(job, outlook), outlook);
        // Then
        assertThat(ours)
                .isLessThan(mean(new Greedy(job), outlook))
                .isLessThan(mean(new UniformProgress(job, false), outlook));
    }

    @Test
    void startsInThePoolThatLastsWhereTwoCostTheSame() {
        // Given
        double[] rates = {0.33, 0.33};
        var outlook = Outlook.of(
                List.of(past(0.20, 0.20, 5_000), past(0.01, 0.20, 5_000)), rates, job.startUp(), new LearnChain(300));
        // When
        var choice = ExactPlan.of(job, outlook).choose(new Situation(80, 60, Choice.IDLE, 0, new int[] {5, 5}));
        // Then
        assertThat(choice).isEqualTo(Choice.spot(1));
    }

    @Test
    void takesThePoolThatIsThereWhenTheBetterOneIsNot() {
        // Given
        double[] rates = {0.33, 0.33};
        var outlook = Outlook.of(
                List.of(past(0.02, 0.02, 5_000), past(0.01, 0.02, 5_000)), rates, job.startUp(), new LearnChain(300));
        // When
        var choice = ExactPlan.of(job, outlook).choose(new Situation(80, 60, Choice.IDLE, 0, new int[] {50, -5}));
        // Then
        assertThat(choice).isEqualTo(Choice.spot(0));
    }

    @Test
    void neverStartsSpotThatCostsMoreThanOnDemand() {
        // Given
        double[] rates = {1.2};
        var outlook = Outlook.of(List.of(past(0.01, 0.5, 5_000)), rates, job.startUp(), new LearnChain(300));
        // When
        var outcome = new Replay(job, ExactPlan.of(job, outlook)).on(new Forecast(outlook.chains(), new int[] {10}, 3));
        // Then
        assertThat(outcome.spotTicks()).containsExactly(0);
        assertThat(outcome.finished()).isTrue();
    }

    private double mean(Policy policy, Outlook outlook) {
        return Spread.of(job, policy, RATE, RUNS, 1, seed -> new Forecast(outlook.chains(), new int[] {-1}, seed))
                .mean();
    }

    static PoolPast past(double goesDown, double comesBack, int ticks) {
        var random = new SplittableRandom(5);
        var up = new boolean[ticks];
        for (int at = 1; at < ticks; at++) {
            up[at] = up[at - 1] ? random.nextDouble() >= goesDown : random.nextDouble() < comesBack;
        }
        return PoolPast.of(up);
    }
}
