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

    /** This and then {@code later}. */
    public Recorded then(Recorded later) {
        return new Recorded(later.version, told + later.told, held + later.held, settled + later.settled);
    }
}
