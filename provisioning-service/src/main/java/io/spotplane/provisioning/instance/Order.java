package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchToken;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be bought. Never changes: a repeated order with the same token must be equal to the first.
 *
 * @param token identity of the launch at the provider
 * @param offering the offering as it was when it was chosen
 * @param bid most to pay an hour
 * @param image machine or container image; null for the adapter's default
 */
public record Order(
        LaunchToken token,
        Offering offering,
        HourlyPrice bid,
        @Nullable String image) {

    /** The order as the provider gets it. */
    LaunchOrder signed(String owner, UUID requestId, String tenant) {
        var tags = Map.of("spotplane:request", requestId.toString(), "spotplane:tenant", tenant);
        return new LaunchOrder(token, offering, bid, image, owner, tags);
    }
}
