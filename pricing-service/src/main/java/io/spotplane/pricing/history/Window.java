package io.spotplane.pricing.history;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.pricing.page.PageToken;
import io.spotplane.web.ProblemException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of one offering's history.
 *
 * @param offeringId the offering
 * @param from inclusive
 * @param before exclusive; after {@code from}
 */
record Window(String offeringId, Instant from, Instant before) {

    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    /** A window with open ends where nothing is given; a problem when it would be empty whatever happened. */
    static Window of(String offeringId, @Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw ProblemException.invalid(List.of(new Problem.FieldError(
                    "query:from", "OUT_OF_RANGE", "is " + from + ", expected before to, " + to)));
        }
        return new Window(offeringId, bounded(from, BEGINNING), bounded(to, END));
    }

    /** Times that the database cannot hold mean the same as its first and last. */
    private static Instant bounded(@Nullable Instant time, Instant absent) {
        if (time == null) {
            return absent;
        }
        return time.isBefore(BEGINNING) ? BEGINNING : time.isAfter(END) ? END : time;
    }

    /** What is left of the window after the page that {@code pageToken} ended. */
    Window after(@Nullable String pageToken) {
        var position = PageToken.positionIn(pageToken, fingerprint(), 1);
        return position == null ? this : new Window(offeringId, from, instantIn(position.getFirst()));
    }

    private static Instant instantIn(String text) {
        try {
            return bounded(Instant.parse(text), END);
        } catch (DateTimeParseException notATime) {
            throw PageToken.refused("INVALID", "it is not a page token of this list; start again without one");
        }
    }

    /** The token that goes on after the change learnt at {@code last}. */
    String tokenAfter(Instant last) {
        return new PageToken(fingerprint(), List.of(last.toString())).encoded();
    }

    private String fingerprint() {
        return PageToken.fingerprint(toString());
    }
}
