package io.spotplane.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final RetrySchedule schedule = new RetrySchedule(() -> 0.5);

    @Test
    void anEventIsTriedEightTimesOverMoreThanADay() {
        assertThat(pauses(null)).containsExactly("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT10H");
    }

    @Test
    void aNoticeIsTriedFastWhileItIsWorthSomething() {
        assertThat(pauses(NOON.plusSeconds(120))).startsWith("PT1S", "PT2S", "PT5S", "PT10S", "PT20S", "PT5S", "PT5M");
    }

    @Test
    void aNoticeTakesTheOrdinaryScheduleOnceARetryWouldComeTooLate() {
        // 1 + 2 s fit into the notice of 6 s, another 5 s do not
        assertThat(pauses(NOON.plusSeconds(6)))
                .startsWith("PT1S", "PT2S", "PT5S", "PT5M", "PT30M")
                .hasSize(9);
    }

    @Test
    void jitterIsAFifthEitherWayAndNotForNotices() {
        assertThat(new RetrySchedule(() -> 0).after(6, NOON, null).orElseThrow().pause())
                .isEqualTo(Duration.ofMinutes(4));
        assertThat(new RetrySchedule(() -> 1).after(6, NOON, null).orElseThrow().pause())
                .isEqualTo(Duration.ofMinutes(6));
        assertThat(new RetrySchedule(() -> 1)
                        .after(0, NOON, NOON.plusSeconds(9))
                        .orElseThrow()
                        .pause())
                .isEqualTo(Duration.ofSeconds(1));
    }

    private List<String> pauses(@Nullable Instant expires) {
        var pauses = new ArrayList<String>();
        var now = NOON;
        var next = schedule.after(RetrySchedule.firstStep(expires), now, expires);
        while (next.isPresent()) {
            var retry = next.get();
            pauses.add(retry.pause().toString());
            now = now.plus(retry.pause());
            next = schedule.after(retry.step(), now, expires);
        }
        return pauses;
    }
}
