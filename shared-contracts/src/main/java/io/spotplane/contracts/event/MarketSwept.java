package io.spotplane.contracts.event;

import java.time.Instant;

/**
 * A market was collected in full. Every offering of it that was announced and not withdrawn is confirmed at its last announced
 * price: changes alone are announced one by one. The event's subject is {@code market:} and the provider.
 *
 * @param provider whose market
 * @param asOf when the sweep ended
 * @param offerings how many are for sale
 */
public record MarketSwept(String provider, Instant asOf, int offerings) {

    /** The subject under which the sweeps of {@code provider}'s market are announced. */
    public static String subjectOf(String provider) {
        return "market:" + provider;
    }
}
