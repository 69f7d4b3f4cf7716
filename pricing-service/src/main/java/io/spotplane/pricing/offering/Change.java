package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;

/** What happened to one offering between two believed sweeps. */
public sealed interface Change {

    /** The offering, in its state after the change; for {@link Withdrawn} the last that it had. */
    Offering offering();

    /** It is new, or back. */
    record Listed(Offering offering) implements Change {}

    /** Its price, availability or machine is another. */
    record Altered(Offering offering, Offering before) implements Change {}

    /**
     * It is no longer for sale.
     *
     * @param at end of the sweep that no longer had it
     */
    record Withdrawn(Offering offering, Instant at) implements Change {}
}
