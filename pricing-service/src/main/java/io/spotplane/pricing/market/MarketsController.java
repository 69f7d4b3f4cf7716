package io.spotplane.pricing.market;

import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Storefront;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How each market is doing, over HTTP. */
@RestController
@RequestMapping("/v1/markets")
@PreAuthorize("hasAuthority('offerings:read')")
@Tag(name = "Markets", description = "Where the prices come from, and how fresh they are")
class MarketsController {

    private final Storefront storefront;
    private final Clock clock;

    MarketsController(Storefront storefront, Clock clock) {
        this.storefront = storefront;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "All markets, by name",
            description = "The last round of each market, believed or not, and the age of what is served from it.")
    Mono<Markets> list() {
        return Mono.fromSupplier(() -> {
            var now = clock.instant();
            return new Markets(storefront.reports().stream()
                    .map(report -> Market.at(now, report, storefront.detached().isPresent()))
                    .toList());
        });
    }

    /** The list; markets are few, so there is one page. */
    record Markets(List<Market> items, @Nullable String nextPageToken) {
        Markets(List<Market> items) {
            this(items, null);
        }
    }

    /**
     * A market.
     *
     * @param provider its name
     * @param lastSweepAt end of the last sweep that was believed; null when there was none
     * @param lastAttemptAt end of the last round, believed or not; null when there was none
     * @param durationMs how long the last round took; null when there was none
     * @param offerings for sale at the last believed sweep
     * @param rejected rows that the last believed sweep left out, by reason
     * @param error what the last round met; null when it was believed
     * @param consecutiveFailures rounds in a row that were not believed
     * @param ageSeconds seconds since the last believed sweep; null when there was none
     * @param staleAfterSeconds age from which its prices count as stale
     * @param stale whether they do, or the answering replica is cut off
     */
    record Market(
            @Schema(example = "aws") String provider,
            @Nullable Instant lastSweepAt,
            @Nullable Instant lastAttemptAt,
            @Nullable Long durationMs,
            int offerings,
            Map<String, Integer> rejected,
            @Nullable String error,
            int consecutiveFailures,
            @Nullable Long ageSeconds,
            long staleAfterSeconds,
            boolean stale) {

        static Market at(Instant now, MarketReport report, boolean detached) {
            var age = report.ageAt(now);
            var took = report.took();
            return new Market(
                    report.provider(),
                    report.asOf(),
                    report.attemptedAt(),
                    took == null ? null : took.toMillis(),
                    report.offerings(),
                    report.rejectedByReason(),
                    report.error(),
                    report.failures(),
                    age == null ? null : age.toSeconds(),
                    report.staleAfter().toSeconds(),
                    detached || report.staleAt(now));
        }
    }
}
