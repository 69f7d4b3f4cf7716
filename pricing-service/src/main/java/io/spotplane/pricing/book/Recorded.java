package io.spotplane.pricing.book;

/**
 * What came of writing changes down.
 *
 * @param version the market's version from now on
 * @param told changes that others were told of
 * @param held changes that wait for the end of their window
 * @param settled offerings that are again as others know them, and of whose changes nobody was told
 */
public record Recorded(long version, int told, int held, int settled) {

    /** This and {@code other}, whichever came first. */
    public Recorded and(Recorded other) {
        return new Recorded(
                Math.max(version, other.version), told + other.told, held + other.held, settled + other.settled);
    }

    /** The same at {@code other}. */
    Recorded at(long other) {
        return new Recorded(other, told, held, settled);
    }
}
