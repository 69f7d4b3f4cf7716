package io.spotplane.pricing.alert;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An alert as its tenant sees it. */
record PriceAlertResource(
        UUID id,
        @JsonUnwrapped AlertDefinition definition,

        @Schema(description = "ARMED, or RAISED while what it is set for holds")
        PriceAlert.State state,

        @Schema(description = "How often it was raised", example = "1")
        long generation,

        @Schema(description = "What raised it; null while it is armed") @Nullable
        Cause cause,

        @Schema(description = "When its state changed last") Instant changedAt,
        Instant createdAt,

        @Schema(description = "When every market had spoken about it; null until then") @Nullable
        Instant judgedAt) {

    static PriceAlertResource of(PriceAlert alert) {
        return new PriceAlertResource(
                alert.id(),
                alert.definition(),
                alert.state(),
                alert.generation(),
                alert.cause(),
                alert.changedAt(),
                alert.createdAt(),
                alert.judgedAt());
    }
}
