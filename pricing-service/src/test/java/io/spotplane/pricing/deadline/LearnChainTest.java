package io.spotplane.pricing.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LearnChainTest {

    private final LearnChain learn = new LearnChain(300);

    @Test
    void findsTheChancesOfAPoolThatHasNoMemory() {
        // Given
        var past = ExactPlanTest.past(0.04, 0.12, 40_000);
        // When
        var chain = learn.of(past);
        // Then
        assertThat(chain.turns(1)).isCloseTo(0.04, within(0.01));
        assertThat(chain.turns(500)).isCloseTo(0.04, within(0.01));
        assertThat(chain.turns(-10)).isCloseTo(0.12, within(0.02));
    }

    @Test
    void tellsAgesApartWhereTheOldAreSafer() {
        // Given
        var past = safeOnceOld(20_000);
        // When
        var chain = learn.of(past);
        // Then
        assertThat(chain.turns(2)).isGreaterThan(5 * chain.turns(60));
    }

    @Test
    void believesThatAPoolWhichWasNeverLostMayStillBeLost() {
        // Given
        var up = new boolean[2_000];
        java.util.Arrays.fill(up, true);
        // When
        var chain = learn.of(PoolPast.of(up));
        // Then
        assertThat(chain.turns(2_000)).isBetween(1e-6, 0.001);
    }

    private static PoolPast safeOnceOld(int ticks) {
        var random = new SplittableRandom(6);
        var up = new boolean[ticks];
        int age = 0;
        for (int at = 1; at < ticks; at++) {
            double turns = !up[at - 1] ? 0.2 : age <= 6 ? 0.2 : 0.01;
            boolean turned = random.nextDouble() < turns;
            up[at] = turned != up[at - 1];
            age = turned ? 1 : age + 1;
        }
        return PoolPast.of(up);
    }
}
