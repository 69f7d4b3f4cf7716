package io.spotplane.providers.catalogue;

import static io.spotplane.contracts.vocabulary.Refusal.AMBIGUOUS;
import static io.spotplane.contracts.vocabulary.Refusal.AUTH;
import static io.spotplane.contracts.vocabulary.Refusal.GONE;
import static io.spotplane.contracts.vocabulary.Refusal.INVALID;
import static io.spotplane.contracts.vocabulary.Refusal.THROTTLED;
import static io.spotplane.contracts.vocabulary.Refusal.TRANSIENT;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Redaction;
import io.spotplane.providers.support.Secret;
import io.spotplane.providers.support.Transport;
import io.spotplane.providers.support.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;

/**
 * What it means that a catalogue could not be read: a file that is not there or is no catalogue waits for people, a far side that fails or talks in web pages may
 * do better next time. What an address carries behind its path (a signature) is taken out of every message.
 */
final class CatalogueFaults {

    private final Redaction redaction;
    private final InstantSource time;

    CatalogueFaults(CatalogueSettings settings, InstantSource time) {
        this.redaction = Redaction.of(settings.address().stream()
                .map(URI::getRawQuery)
                .filter(query -> query != null && !query.isBlank())
                .map(Secret::of)
                .toArray(Secret[]::new));
        this.time = time;
    }

    /** Judges a reading that failed in whatever way. */
    Verdict judge(Throwable failure) {
        return switch (failure) {
            case Unread unread -> unread.verdict();
            case UncheckedIOException wrapped -> judge(Objects.requireNonNull(wrapped.getCause()));
            case TimeoutException _ -> Verdict.of(AMBIGUOUS, "NO_ANSWER", "no answer within the time-out");
            case NoSuchFileException missing -> Verdict.of(INVALID, "NO_FILE", "there is no " + missing.getFile());
            case DataBufferLimitException _ -> Verdict.of(INVALID, "TOO_LARGE", "the answer is larger than 16 MiB");
            case IOException damaged
            when !Transport.neverSent(damaged) -> Verdict.of(TRANSIENT, "UNREADABLE", words(damaged));
            default ->
                Verdict.of(TRANSIENT, Transport.neverSent(failure) ? "NOT_REACHED" : "NO_ANSWER", words(failure));
        };
    }

    /** An answer with another status than 200. */
    Unread refused(int status, HttpHeaders headers, String body) {
        return new Unread(new Verdict(
                ofStatus(status),
                "HTTP " + status,
                redaction.clean(body),
                HttpAnswer.retryAfter(headers.getFirst(HttpHeaders.RETRY_AFTER), time.instant())));
    }

    /** Something that is no catalogue and will be none until somebody changes it. */
    static Unread unfit(String why) {
        return new Unread(Verdict.of(INVALID, "NO_CATALOGUE", why));
    }

    /** A web page where a catalogue should be. */
    static Unread webPage(String start) {
        return new Unread(Verdict.of(AMBIGUOUS, "WEB_PAGE", "expected a header of columns, found " + start));
    }

    private String words(Throwable failure) {
        return redaction.clean(failure.getClass().getSimpleName() + " " + failure.getMessage());
    }

    private static Refusal ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> AUTH;
            case 404, 410 -> GONE;
            case 429 -> THROTTLED;
            default -> status >= 400 && status < 500 ? INVALID : TRANSIENT;
        };
    }

    /** There is no catalogue to be had. */
    static final class Unread extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Verdict verdict;

        Unread(Verdict verdict) {
            super(verdict.code() + ": " + verdict.message(), null, false, false);
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }
    }
}
