package io.spotplane.pricing.book;

import io.spotplane.pricing.offering.Change;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When others are told of a change, in a market whose feed flaps. Laws, for each offering: they are told at most once in a window; the first change
 * after a quiet window is told at once; what has changed for good is told when the window ends at the latest; what has changed back by then is never
 * told at all.
 *
 * @param window for how long after others were told of an offering they are told nothing more of it; zero: each change is told at once
 */
public record Debounce(Duration window) {

    /** Each change is told at once. */
    public static final Debounce NONE = new Debounce(Duration.ZERO);

    public Debounce {
        if (window.isNegative()) {
            throw new IllegalArgumentException("window is " + window + ", expected at least 0s");
        }
    }

    /**
     * What to do about {@code change}.
     *
     * @param told what others were last told; null when nobody was told anything yet
     * @param now when the change was learnt of
     */
    public Decision decide(Change change, @Nullable Told told, Instant now) {
        if (told == null) {
            return new Decision.Tell(change);
        }
        var news = Change.between(told.offering(), change.after(), now);
        if (news.isEmpty()) {
            return new Decision.Settled();
        }
        var quietUntil = told.at().plus(window);
        return quietUntil.isAfter(now) ? new Decision.Hold(told, quietUntil) : new Decision.Tell(news.get());
    }

    /** What to do about a change. */
    public sealed interface Decision {

        /** Tell others of {@code news}: the way from what they know to what is so. */
        record Tell(Change news) implements Decision {}

        /**
         * Tell nobody yet.
         *
         * @param told what others know meanwhile
         * @param until when they are told, should it still differ
         */
        record Hold(Told told, Instant until) implements Decision {}

        /** It is again as others know it: there is nothing to tell. */
        record Settled() implements Decision {}
    }
}
