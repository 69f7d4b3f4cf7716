package io.spotplane.pricing.bid;

/**
 * What becomes of a machine when the market price reaches its bid and does not pass it. The provider's documentation and its API description disagree, so it is a
 * question with two answers, and the documentation's is the default.
 */
public enum Ties {
    /** It stays: lost only when the market is above the bid. */
    HELD,
    /** It is taken back: lost as soon as the market reaches the bid. */
    LOST;

    /** The highest market price that a machine with this {@code bid} outlives, both in millionths. */
    long limit(long bid) {
        return this == HELD ? bid : bid - 1;
    }
}
