package io.spotplane.notification.channel.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110 §10.2.3): seconds or a date. */
final class RetryAfter {

    private static final Duration MOST = Duration.ofHours(24);
    private static final int DIGITS = 9;

    private RetryAfter() {}

    /** How long to wait from {@code now} on, at most a day; empty when it is absent, past or no such header. */
    static Optional<Duration> read(@Nullable String header, Instant now) {
        return Optional.ofNullable(header)
                .map(String::strip)
                .flatMap(text -> isNumber(text) ? seconds(text) : date(text, now))
                .filter(Duration::isPositive)
                .map(wait -> wait.compareTo(MOST) < 0 ? wait : MOST);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= DIGITS && text.chars().allMatch(Character::isDigit);
    }

    private static Optional<Duration> seconds(String text) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }

    private static Optional<Duration> date(String text, Instant now) {
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(now, date.toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
