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
 * @param maxPrice most to pay an hour, never exceeded; where a spot bid is a limit (EC2) it is the bid, where the bid is what will be paid (RunPod) the
 *     adapter bids what the market asks and declines with {@code PRICE_TOO_LOW} when that is more
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
