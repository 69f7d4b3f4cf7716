package io.spotplane.contracts.vocabulary;

/** How much an availability hint is worth, by who gave it. Ordered: later values are worth more. */
public enum Confidence {
    /** A price list names the machine; nobody said that there is one. */
    LISTED,
    /** The provider's own stock word ({@code High}), which was seen to be followed by refusals. */
    HINTED,
    /** A count or an auction result that the provider published. */
    COUNTED,
    /** Spotplane itself got such a machine, or was refused one, a short time ago. */
    TRIED
}
