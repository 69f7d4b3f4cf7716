package io.spotplane.providers.spi;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order for exactly one machine. Two orders with one token are the same order and must be equal.
 *
 * @param token identity of the launch
 * @param offering what to buy, with its region, zone and type as the adapter itself wrote them
 * @param maxPrice most to pay an hour; for spot it is the bid
 * @param image machine or container image; null for the adapter's default
 * @param owner marks the machine as this control plane's (tag or name prefix), so that orphans can be told
 * @param tags further marks, such as the request id; never secret
 */
public record LaunchOrder(
        LaunchToken token,
        Offering offering,
        HourlyPrice maxPrice,
        @Nullable String image,
        String owner,
        Map<String, String> tags) {
    public LaunchOrder {
        tags = Map.copyOf(tags);
    }
}
