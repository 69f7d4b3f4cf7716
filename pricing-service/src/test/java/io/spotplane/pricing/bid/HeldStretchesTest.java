package io.spotplane.pricing.bid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spotplane.pricing.bid.HeldStretches.Held;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldStretchesTest {

    /** A belief so weak that it counts for nothing. */
    private static final Hazard NO_BELIEF = new Hazard(1, 1);

    private static final double WEAK = 1e-9;

    @Test
    void survivalIsTheShareOfStartingMomentsThatLeaveEnoughOfTheirStretch() {
        // Given
        var random = new Random(7);
        var lengths = random.doubles(40, 0.01, 9).toArray();
        var stretches = new HeldStretches(java.util.Arrays.stream(lengths)
                .mapToObj(days -> new Held(days, 1, true))
                .toList());
        var horizon = 1.7;
        // When
        var survival = stretches.survival(horizon, NO_BELIEF, WEAK);
        // Then
        var all = java.util.Arrays.stream(lengths).sum();
        var enough = java.util.Arrays.stream(lengths)
                .map(days -> Math.max(days - horizon, 0))
                .sum();
        assertThat(survival.probability()).isCloseTo(enough / all, within(1e-6));
    }

    @Test
    void doesNotTakeTheEndOfWhatIsKnownForALoss() {
        // Given
        var known = List.of(new Held(4, 1, true), new Held(4, 1, false));
        var lost = List.of(new Held(4, 1, true), new Held(4, 1, true));
        // When
        var open = new HeldStretches(known).survival(1, NO_BELIEF, WEAK);
        var closed = new HeldStretches(lost).survival(1, NO_BELIEF, WEAK);
        // Then
        assertThat(closed.probability()).isCloseTo(0.75, within(1e-6));
        assertThat(open.probability()).isCloseTo(Math.sqrt(0.75), within(1e-6));
    }

    @Test
    void fallsBackToTheBeliefWhereNothingWasSeen() {
        // Given
        var belief = new Hazard(2, 100);
        // When
        var survival = new HeldStretches(List.of()).survival(10, belief, 7);
        // Then
        assertThat(survival.probability()).isCloseTo(Math.exp(-0.2), within(1e-9));
    }

    @Test
    void goesOnWithTheBeliefBeyondTheLongestStretch() {
        // Given
        var belief = new Hazard(1, 10);
        var stretches = new HeldStretches(List.of(new Held(2, 1, false)));
        // When
        var atTwo = stretches.survival(2, belief, 7);
        var atTwelve = stretches.survival(12, belief, 7);
        // Then
        assertThat(atTwelve.probability() / atTwo.probability()).isCloseTo(Math.exp(-1), within(1e-9));
    }

    @Test
    void isSurerTheMoreWasSeen() {
        // Given
        var few = new HeldStretches(List.of(new Held(5, 1, true), new Held(5, 1, true)));
        var many = new HeldStretches(java.util.Collections.nCopies(100, new Held(5, 1, true)));
        // When
        var vague = few.survival(1, NO_BELIEF, 1);
        var sure = many.survival(1, NO_BELIEF, 1);
        // Then
        assertThat(sure.high() - sure.low()).isLessThan((vague.high() - vague.low()) / 3);
        assertThat(sure.low()).isLessThan(sure.probability());
        assertThat(sure.high()).isGreaterThan(sure.probability());
    }

    @Test
    void countsStaleStretchesLess() {
        // Given
        var calmNow = new HeldStretches(List.of(new Held(1, 0.05, true), new Held(20, 1, false)));
        var calmThen = new HeldStretches(List.of(new Held(1, 1, true), new Held(20, 0.05, false)));
        // When
        var now = calmNow.survival(1, NO_BELIEF, WEAK);
        var then = calmThen.survival(1, NO_BELIEF, WEAK);
        // Then
        assertThat(now.probability()).isGreaterThan(then.probability());
    }

    @Test
    void tellsTheMedianAndTheLongest() {
        // Given
        var stretches = new HeldStretches(
                List.of(new Held(9, 1, false), new Held(1, 1, true), new Held(2, 1, true), new Held(4, 1, true)));
        // Then
        assertThat(stretches.medianDays()).isEqualTo(3);
        assertThat(stretches.longestDays()).isEqualTo(9);
        assertThat(stretches.losses()).isEqualTo(3);
    }
}
