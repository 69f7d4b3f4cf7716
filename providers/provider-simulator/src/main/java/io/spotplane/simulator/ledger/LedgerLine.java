package io.spotplane.simulator.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.spotplane.simulator.behaviour.Provider;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine that was bought, as its provider's books have it now.
 *
 * @param clientToken  the token or name by which the buyer can find it again; empty when none was given
 * @param capacityType {@code spot} or {@code on-demand}
 * @param tags         what the buyer wrote on it; values of secret-looking names are masked
 * @param state        in the provider's own words
 * @param live         whether it exists, and so whether somebody should pay attention to it
 * @param endedAt      when it stopped to cost money; null while it does
 * @param endedBy      {@code user}, {@code reclaim} or {@code balance}; null while it lives
 * @param costSoFar    hourly price x time, for the time of life only
 */
public record LedgerLine(
        Provider provider,
        String id,
        String name,
        String clientToken,
        String instanceType,
        String region,
        String zone,
        String capacityType,
        Map<String, String> tags,
        String state,
        boolean live,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal hourlyPrice,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal costSoFar,
        String currency) {}
