package io.spotplane.pricing.risk.hazard;

import static io.spotplane.pricing.risk.hazard.Lives.START;
import static io.spotplane.pricing.risk.hazard.Lives.after;
import static io.spotplane.pricing.risk.hazard.Lives.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.trace.AvailabilityTrace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final Pool POOL = pool("us-west-2", "us-west-2a");
    private static final Duration NEVER_FADES = Duration.ofDays(1_000_000);

    @Test
    void addsUpToTheWholeHoweverOftenItIsAsked() {
        // Given
        var lives = Lives.constant(POOL, 0.3, after(Duration.ofDays(20)), new Random(5));
        var replay = new Replay(lives, NEVER_FADES);
        // When
        for (int hour = 1; hour <= 20 * 24; hour++) {
            replay.advanceTo(after(Duration.ofHours(hour)));
        }
        // Then
        var whole = Lives.exposure(lives);
        var told = seen(replay);
        for (var band : AgeBand.values()) {
            assertThat(told.hours(band)).isCloseTo(whole.hours(band), within(whole.hours() * 1e-3));
            assertThat(told.ends(band)).isCloseTo(whole.ends(band), within(0.05));
        }
    }

    @Test
    void tellsNothingOfWhatIsStillToCome() {
        // Given
        var life = new Spell(POOL, START, after(Duration.ofHours(10)), true);
        // When
        var seen = seen(new Replay(List.of(life), NEVER_FADES).advanceTo(after(Duration.ofHours(4))));
        // Then
        assertThat(seen.hours()).isCloseTo(4, within(1e-9));
        assertThat(seen.ends()).isZero();
    }

    @Test
    void countsHalfOfWhatIsOneHalfLifeOld() {
        // Given
        var life = new Spell(POOL, START, after(Duration.ofHours(10)), true);
        var replay = new Replay(List.of(life), Duration.ofDays(30)).advanceTo(after(Duration.ofHours(10)));
        // When
        replay.advanceTo(after(Duration.ofHours(10).plusDays(30)));
        // Then
        assertThat(seen(replay).hours()).isCloseTo(5, within(1e-9));
        assertThat(seen(replay).ends()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void fadesByTheDayOverALongRecordingWithAGap() {
        // Given
        var old = new Spell(POOL, START, after(Duration.ofHours(1)), true);
        var young = new Spell(
                POOL, after(Duration.ofDays(300)), after(Duration.ofDays(300).plusHours(1)), true);
        var future = new Spell(POOL, after(Duration.ofDays(900)), after(Duration.ofDays(901)), true);
        // When
        var seen = seen(
                new Replay(List.of(old, young, future), Duration.ofDays(30)).advanceDaily(after(Duration.ofDays(301))));
        // Then
        assertThat(seen.ends()).isCloseTo(1 + Math.pow(0.5, 10), within(0.03));
    }

    @Test
    void goesForwardOnly() {
        var replay = new Replay(List.of(), NEVER_FADES).advanceTo(after(Duration.ofHours(2)));
        assertThatThrownBy(() -> replay.advanceTo(START)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seesRunsAndOutagesInATrace() {
        // Given
        var trace = new AvailabilityTrace("x", Duration.ofMinutes(10), new int[] {1, 1, 0, 0, 0, 4});
        // When
        var lives = Spell.lives(POOL, START, trace);
        var outages = Spell.outages(POOL, START, trace);
        // Then
        assertThat(lives)
                .containsExactly(
                        new Spell(POOL, START, after(Duration.ofMinutes(20)), true),
                        new Spell(POOL, after(Duration.ofMinutes(50)), after(Duration.ofMinutes(60)), false));
        assertThat(outages)
                .containsExactly(new Spell(POOL, after(Duration.ofMinutes(20)), after(Duration.ofMinutes(50)), true));
    }

    private static Exposure seen(Replay replay) {
        return Objects.requireNonNull(replay.seen().get(POOL));
    }
}
