package io.spotplane.notification.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"120 | PT2M", "' 7 ' | PT7S", "Sat, 21 Nov 2026 12:01:00 GMT | PT1M", "999999999 | PT24H"})
    void readsSecondsAndDates(String header, Duration wait) {
        assertThat(RetryAfter.read(header, NOW)).contains(wait);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-5", "0", "1e9", "99999999999999999999", "Sat, 21 Nov 2026 11:00:00 GMT"})
    void ignoresWhatSaysNothing(@Nullable String header) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(Optional.empty());
    }

    @Test
    void neverWaitsLongerThanADay() {
        assertThat(RetryAfter.read("Sat, 28 Nov 2026 12:00:00 GMT", NOW)).contains(Duration.ofHours(24));
    }
}
