package io.spotplane.contracts.event;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a price alert was set for has come true. Told once, until it is over and comes true again.
 *
 * @param alertId the alert
 * @param name its name; null for none
 * @param kind what was set: {@code THRESHOLD}, {@code BID_AT_RISK}
 * @param generation how often it was raised, this time included
 * @param reason what came true
 * @param offeringId the offering in which it came true
 * @param price what that one is billed for an hour; null when it is not for sale
 * @param pricePerGpu the same for each of its GPUs; null for a machine without
 * @param limit the line that was drawn, or the bid
 * @param basis what the line is about
 * @param probability that capacity at the bid ends within {@code horizon}; null where nothing was estimated
 * @param horizon of a bid at risk; null for others
 * @param raisedAt when
 */
public record PriceAlertRaised(
        String alertId,
        @Nullable String name,
        Kind kind,
        long generation,
        Reason reason,
        String offeringId,
        @Nullable HourlyPrice price,
        @Nullable HourlyPrice pricePerGpu,
        HourlyPrice limit,
        Basis basis,
        @Nullable Double probability,
        @Nullable Duration horizon,
        Instant raisedAt) {

    /** What an alert is set for. Open: consumers accept values they do not know. */
    public enum Kind {
        /** A price beyond a line. */
        THRESHOLD,
        /** Capacity that is held by a bid, and may soon be lost. */
        BID_AT_RISK
    }

    /** What came true. Open: consumers accept values they do not know. */
    public enum Reason {
        /** The price is at or below the line. */
        BELOW,
        /** The price is at or above the line. */
        ABOVE,
        /** The price is above the bid: capacity at that bid is lost. */
        BID_EXCEEDED,
        /** Capacity at the bid is likely to end within the horizon. */
        BID_LIKELY_LOST,
        /** The price has come near the bid, and nothing better is known about its future. */
        BID_NEAR,
        /** It is no longer for sale at any bid. */
        WITHDRAWN
    }

    /** What a price is about. */
    public enum Basis {
        /** The whole machine. */
        MACHINE,
        /** Each of its GPUs. */
        GPU
    }
}
