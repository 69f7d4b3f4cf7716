package io.spotplane.pricing.history;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is written down of an offering's past, from which its {@link Timeline} is made. */
sealed interface Known {

    /**
     * A change.
     *
     * @param at when it was learnt
     * @param amount billed an hour from then on; null when it was not for sale any more
     */
    record Change(Instant at, @Nullable BigDecimal amount) implements Known {}

    /** All changes of a day, condensed. */
    record Day(CondensedDay day) implements Known {}

    /**
     * A stretch in which its market was not seen.
     *
     * @param since inclusive
     * @param until exclusive
     */
    record Gap(Instant since, Instant until) {}
}
