package io.spotplane.providers.catalogue;

/** Why a row is left out, besides the flaws of a price itself. The names are counted. */
enum RowFlaw {
    /** It has more or fewer fields than the header, or a quote that does not end. */
    BROKEN_ROW,
    /** It names neither a machine nor an accelerator that is sold by itself. */
    EMPTY_TYPE,
    /** It names no place. */
    EMPTY_REGION,
    /** CPUs, memory or accelerators are no number, negative or beyond any machine. */
    BAD_SIZE,
    /** A part of a GPU, which is not what a request for a GPU means. */
    PARTIAL_GPU,
    /** The type is known to carry an accelerator, and the row does not say how many. */
    UNCOUNTED_ACCELERATOR,
    /** The row counts accelerators that neither it nor its type names. */
    UNNAMED_ACCELERATOR,
    /** Its accelerator is priced apart, and that price is not in the list. */
    NO_ACCELERATOR_PRICE,
    /** An accelerator priced apart, and the price of no machine that it goes into is in the list. */
    NO_HOST_PRICE,
    /** Neither price says anything, or both are zero. */
    NO_PRICE,
    /** The same offer at the same price was already there. */
    DUPLICATE_ROW,
    /** The same offer was already there at another price; the dearer one is kept, so that nothing costs more than was said. */
    CONTRADICTING_PRICE
}
