package io.spotplane.providers.spi;

import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One complete look at a market.
 *
 * @param offerings everything for sale, each id once
 * @param rejected rows that could not be understood (no price, no type), each with its reason
 * @param asOf when the sweep ended
 */
public record MarketSweep(List<Offering> offerings, List<RejectedRow> rejected, Instant asOf) {
    public MarketSweep {
        offerings = List.copyOf(offerings);
        rejected = List.copyOf(rejected);
    }

    /**
     * A row that was left out.
     *
     * @param what the row, shortened
     * @param why stable reason such as {@code NO_PRICE}, {@code NEGATIVE_PRICE}, {@code UNKNOWN_TYPE}
     * @param offeringId the offering that it would have been, so that what was for sale before is not taken for gone; null when the row does not tell
     */
    public record RejectedRow(
            String what, String why, @Nullable String offeringId) {

        /** A row that does not tell which offering it would have been. */
        public RejectedRow(String what, String why) {
            this(what, why, null);
        }
    }
}
