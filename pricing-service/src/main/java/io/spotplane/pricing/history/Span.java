package io.spotplane.pricing.history;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time that a question about the past is about.
 *
 * @param from inclusive
 * @param to exclusive; after {@code from} and not in the future
 */
record Span(Instant from, Instant to) {

    /** Longest that may be asked about at once. */
    static final Duration LONGEST = Duration.ofDays(400);

    /** What is asked about when no beginning is given: as long as providers' own percentiles are about. */
    static final Duration USUAL = Duration.ofDays(30);

    /**
     * Until now where no end is given or it lies ahead, {@link #USUAL} long where no beginning is given.
     *
     * @throws ProblemException (INVALID_REQUEST) when it would be empty, or longer than {@link #LONGEST}
     */
    static Span of(@Nullable Instant from, @Nullable Instant to, Instant now) {
        var present = now.truncatedTo(ChronoUnit.MICROS);
        var end = to == null || to.isAfter(present) ? present : to.truncatedTo(ChronoUnit.MICROS);
        var begin = from == null ? usualBefore(end) : from;
        if (!begin.isBefore(end)) {
            throw refused("is " + begin + ", expected before " + end + ", the end of the window");
        }
        if (begin.isBefore(Instant.EPOCH) || Duration.between(begin, end).compareTo(LONGEST) > 0) {
            throw refused("is " + begin + ", expected at most " + LONGEST.toDays() + " days before " + end);
        }
        return new Span(begin.truncatedTo(ChronoUnit.MICROS), end);
    }

    /** Times long before there was a history are an end like any other, but nothing can be taken off them. */
    private static Instant usualBefore(Instant end) {
        if (end.isBefore(Instant.EPOCH.plus(USUAL))) {
            throw ProblemException.invalid(List.of(new Problem.FieldError(
                    "query:to", "OUT_OF_RANGE", "is " + end + ", expected a time after 1970-01-31")));
        }
        return end.minus(USUAL);
    }

    private static ProblemException refused(String message) {
        return ProblemException.invalid(List.of(new Problem.FieldError("query:from", "OUT_OF_RANGE", message)));
    }

    Duration length() {
        return Duration.between(from, to);
    }
}
