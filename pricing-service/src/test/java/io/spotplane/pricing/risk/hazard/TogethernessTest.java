package io.spotplane.pricing.risk.hazard;

import static io.spotplane.pricing.risk.hazard.Lives.after;
import static io.spotplane.pricing.risk.hazard.Lives.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.Togetherness.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TogethernessTest {

    private static final Pool WEST_A = pool("us-west-2", "us-west-2a");
    private static final Pool WEST_B = pool("us-west-2", "us-west-2b");
    private static final Pool EAST = pool("us-east-1", "us-east-1a");

    @Test
    void seesPoolsThatFailTogether() {
        // Given
        var lives = new ArrayList<Spell>();
        for (int day = 0; day < 40; day++) {
            var from = after(Duration.ofDays(day));
            lives.add(new Spell(WEST_A, from, from.plus(Duration.ofHours(20)), true));
            lives.add(new Spell(WEST_B, from, from.plus(Duration.ofHours(20).plusMinutes(3)), true));
        }
        // When
        var learnt = Togetherness.learn(lives);
        // Then
        assertThat(learnt.lift(WEST_A, WEST_B)).isGreaterThan(8);
        assertThat(learnt.together(WEST_A, WEST_B)).isEqualTo(80);
        assertThat(learnt.occasions(WEST_A, WEST_B)).isEqualTo(80);
    }

    @Test
    void findsNothingBetweenIndependentPools() {
        // Given
        var until = after(Duration.ofDays(200));
        var lives = new ArrayList<>(Lives.constant(WEST_A, 0.3, until, new Random(1)));
        lives.addAll(Lives.constant(EAST, 0.3, until, new Random(2)));
        // When
        var learnt = Togetherness.learn(lives);
        // Then
        assertThat(learnt.lift(WEST_A, EAST)).isCloseTo(1, within(0.25));
    }

    @Test
    void isSymmetric() {
        // Given
        var until = after(Duration.ofDays(30));
        var lives = new ArrayList<>(Lives.constant(WEST_A, 0.3, until, new Random(1)));
        lives.addAll(Lives.constant(WEST_B, 0.1, until, new Random(2)));
        // When
        var learnt = Togetherness.learn(lives);
        // Then
        assertThat(learnt.lift(WEST_A, WEST_B)).isEqualTo(learnt.lift(WEST_B, WEST_A));
    }

    @Test
    void knowsOnlyTheKindOfPairsThatWereNeverSeen() {
        // When
        var learnt = Togetherness.learn(List.of());
        // Then
        assertThat(learnt.lift(WEST_A, WEST_B)).isEqualTo(2.79);
        assertThat(learnt.lift(WEST_A, EAST)).isEqualTo(1.09);
        assertThat(learnt.lift(WEST_A, new Pool("gcp", "us-central1", null, "a2")))
                .isEqualTo(1);
        assertThat(Kind.of(WEST_A, WEST_A)).isEqualTo(Kind.SAME_POOL);
    }
}
