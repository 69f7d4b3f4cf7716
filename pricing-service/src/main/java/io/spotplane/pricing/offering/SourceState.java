package io.spotplane.pricing.offering;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the sources that an answer was merged from.
 *
 * @param source the market's provider
 * @param asOf when it was last collected; null when it never was
 * @param stale whether that is longer ago than its limit, or the answering replica is cut off
 * @param ageSeconds seconds since; null when it never was
 * @param error what the last attempt met; null when it was believed
 */
record SourceState(
        @Schema(example = "aws") String source,

        @Schema(description = "When it was last collected; null when it never was") @Nullable
        Instant asOf,

        boolean stale,
        @Schema(example = "12") @Nullable Long ageSeconds,

        @Schema(description = "What the last attempt met; null when all is well") @Nullable
        String error) {

    static SourceState at(Instant now, MarketReport report, Optional<String> detached) {
        return new SourceState(
                report.provider(),
                report.asOf(),
                detached.isPresent() || report.staleAt(now),
                Optional.ofNullable(report.ageAt(now)).map(Duration::toSeconds).orElse(null),
                Optional.ofNullable(report.error()).or(() -> detached).orElse(null));
    }
}
