package io.spotplane.providers.support;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;

/**
 * An answer as it came, whatever its status and whatever it claims to be: providers put refusals into 200, capacity into 500 and HTML into anything, so that
 * the body is read before anyone believes the status.
 *
 * @param status HTTP status
 * @param headers its headers
 * @param body its body as text; empty when there is none
 */
public record HttpAnswer(int status, HttpHeaders headers, String body) {

    /** Reads a response to its end, within the client's limit of body size. For {@code exchangeToMono}. */
    public static Mono<HttpAnswer> read(ClientResponse response) {
        return response.bodyToMono(String.class)
                .defaultIfEmpty("")
                .map(body -> new HttpAnswer(
                        response.statusCode().value(), response.headers().asHttpHeaders(), body));
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** How long {@code Retry-After} asks to wait from {@code now}, in seconds or as a date; null when it does not ask or cannot be read. */
    public @Nullable Duration retryAfter(Instant now) {
        return retryAfter(headers.getFirst(HttpHeaders.RETRY_AFTER), now);
    }

    /** As {@link #retryAfter(Instant)}, for clients that hand out headers in their own way. */
    public static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        var text = header.strip();
        return text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : untilDate(text, now);
    }

    private static @Nullable Duration untilDate(String date, Instant now) {
        try {
            var until = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            var wait = Duration.between(now, until.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
