package io.spotplane.pricing.book;

import java.time.Duration;
import java.time.Instant;

/** What came of asking for a round of a market before it is due. */
public sealed interface Forcing {

    /** The market is due now: whoever takes it first begins. */
    record Due() implements Forcing {}

    /**
     * Somebody is at it already, which is as good.
     *
     * @param since when that round began
     */
    record Running(Instant since) implements Forcing {}

    /**
     * The last round began a moment ago, or the provider asked to be left alone.
     *
     * @param pause how long until it may be asked again; more than zero
     */
    record TooSoon(Duration pause) implements Forcing {}
}
