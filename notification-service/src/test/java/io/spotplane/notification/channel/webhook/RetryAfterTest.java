package io.spotplane.notification.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void readsSecondsAndDates() {
        assertThat(RetryAfter.read("30", NOW)).hasValue(Duration.ofSeconds(30));
        assertThat(RetryAfter.read("Sat, 21 Nov 2026 12:01:00 GMT", NOW)).hasValue(Duration.ofMinutes(1));
    }

    @Test
    void waitsADayAtMost() {
        assertThat(RetryAfter.read("999999999", NOW)).hasValue(Duration.ofHours(24));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-5", "0", "Sat, 21 Nov 2026 11:00:00 GMT"})
    void whatSaysNothingIsNoAnswer(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEmpty();
    }
}
