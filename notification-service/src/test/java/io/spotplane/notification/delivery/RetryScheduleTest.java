package io.spotplane.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final RetrySchedule schedule = new RetrySchedule(() -> 0.5);

    @Test
    void anOrdinaryEventIsTriedSevenMoreTimesOverDays() {
        assertThat(pauses(null))
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(10));
    }

    @Test
    void aNoticeTakesTheFastLaneFirst() {
        assertThat(pauses(NOW.plusSeconds(120)).subList(0, 6))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5));
    }

    @Test
    void theFastLaneEndsWithTheNotice() {
        // Given a notice whose deadline comes before the next fast try
        var deadline = NOW.plusSeconds(4);
        // Then
        assertThat(schedule.after(2, NOW, deadline))
                .hasValueSatisfying(retry -> assertThat(retry.step()).isGreaterThan(5));
    }

    @Test
    void pausesAreSpreadByAFifth() {
        assertThat(new RetrySchedule(() -> 0).after(6, NOW, null).orElseThrow().pause())
                .isEqualTo(Duration.ofMinutes(4));
        assertThat(new RetrySchedule(() -> 1).after(6, NOW, null).orElseThrow().pause())
                .isEqualTo(Duration.ofMinutes(6));
    }

    private List<Duration> pauses(@Nullable Instant expires) {
        var pauses = new ArrayList<Duration>();
        var now = NOW;
        var next = schedule.after(RetrySchedule.firstStep(expires), now, expires);
        while (next.isPresent()) {
            pauses.add(next.get().pause());
            now = now.plus(next.get().pause());
            next = schedule.after(next.get().step(), now, expires);
        }
        return pauses;
    }
}
