package io.spotplane.pricing.deadline;

/**
 * What is held for one tick: nothing, a spot machine of one pool, or a machine on demand.
 *
 * @param kind what
 * @param pool the pool of a spot machine, counted from 0; 0 for the others
 */
public record Choice(Kind kind, int pool) {

    /** Holds nothing and pays nothing. */
    public static final Choice IDLE = new Choice(Kind.IDLE, 0);

    /** Holds a machine that nobody takes back. */
    public static final Choice ON_DEMAND = new Choice(Kind.ON_DEMAND, 0);

    /** Kinds of holdings. */
    public enum Kind {
        IDLE,
        SPOT,
        ON_DEMAND
    }

    /** A spot machine of {@code pool}. */
    public static Choice spot(int pool) {
        return new Choice(Kind.SPOT, pool);
    }

    /** Whether this is a spot machine. */
    public boolean isSpot() {
        return kind == Kind.SPOT;
    }
}
