package io.spotplane.pricing.market;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.pricing.book.Forcing;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How each market is doing, over HTTP. */
@RestController
@RequestMapping("/v1/markets")
@PreAuthorize("hasAuthority('offerings:read')")
@Tag(name = "Markets", description = "Where the prices come from, and how fresh they are")
class MarketsController {

    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(3);
    private static final String STARTED = "started";
    private static final String JOINED = "joined";
    private static final String TOO_SOON = "too_soon";

    private final Storefront storefront;
    private final CollectMarkets collect;
    private final PricingSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;

    MarketsController(
            Storefront storefront,
            CollectMarkets collect,
            PricingSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.storefront = storefront;
        this.collect = collect;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        collect.providers().forEach(this::countFromZero);
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

    @GetMapping("/{provider}")
    @Operation(
            summary = "One market in detail",
            description =
                    "As in the list; with samples of the rows that were left out, what stays for sale in doubt, and the market's rhythm.")
    @ApiResponse(responseCode = "200", description = "The market")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such market",
            content = {})
    Mono<MarketInDetail> one(@Parameter(example = "aws") @PathVariable String provider) {
        return Mono.fromSupplier(
                () -> storefront.report(provider).map(this::inDetail).orElseThrow(MarketsController::unknown));
    }

    private MarketInDetail inDetail(MarketReport report) {
        var market = Market.at(clock.instant(), report, storefront.detached().isPresent());
        return MarketInDetail.of(market, report.doubts(), settings.of(report.provider()));
    }

    private static ProblemException unknown() {
        return ProblemException.of(ProblemType.NOT_FOUND, "there is no market of this name");
    }

    @PostMapping("/{provider}:refresh")
    @PreAuthorize("hasAuthority('markets:refresh')")
    @Operation(
            summary = "Collect a market now",
            description =
                    "Begins a round at once, or joins the one that runs: there is one at a time over all replicas, so asking twice is asking once, and"
                            + " no Idempotency-Key is needed. Look at the market to see how it went: its lastAttemptAt is then later than the round's start.")
    @ApiResponse(responseCode = "202", description = "A round begins, or runs")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such market",
            content = {})
    @ApiResponse(
            responseCode = "429",
            description =
                    "The last round began a moment ago, or the provider asked to be left alone; Retry-After says until when",
            content = {})
    @ApiResponse(
            responseCode = "503",
            description = "The database that keeps the rounds apart does not answer",
            content = {})
    Mono<ResponseEntity<RefreshStarted>> refresh(@Parameter(example = "aws") @PathVariable String provider) {
        return collect.refresh(provider)
                .timeout(DATABASE_PATIENCE)
                .onErrorMap(
                        TimeoutException.class,
                        late -> ProblemException.retryLater(
                                ProblemType.UNAVAILABLE, "the database does not answer in time", DATABASE_PATIENCE))
                .switchIfEmpty(Mono.error(MarketsController::unknown))
                .doOnNext(forcing -> count(provider, forcing))
                .map(forcing -> answer(provider, forcing));
    }

    private ResponseEntity<RefreshStarted> answer(String provider, Forcing forcing) {
        return switch (forcing) {
            case Forcing.Due due ->
                accepted(new RefreshStarted(provider, RefreshStarted.State.STARTED, clock.instant()));
            case Forcing.Running(var since) ->
                accepted(new RefreshStarted(provider, RefreshStarted.State.JOINED, since));
            case Forcing.TooSoon(var pause) ->
                throw ProblemException.retryLater(
                        ProblemType.RATE_LIMITED, "this market was collected a moment ago", roundedUp(pause));
        };
    }

    private static Duration roundedUp(Duration pause) {
        return Duration.ofSeconds(pause.plusMillis(999).toSeconds());
    }

    private static ResponseEntity<RefreshStarted> accepted(RefreshStarted started) {
        return ResponseEntity.accepted()
                .location(URI.create("/v1/markets/" + started.provider()))
                .body(started);
    }

    private void count(String provider, Forcing forcing) {
        var outcome = switch (forcing) {
            case Forcing.Due due -> STARTED;
            case Forcing.Running running -> JOINED;
            case Forcing.TooSoon tooSoon -> TOO_SOON;
        };
        refreshes(provider, outcome).increment();
    }

    private void countFromZero(String provider) {
        List.of(STARTED, JOINED, TOO_SOON).forEach(outcome -> refreshes(provider, outcome));
    }

    private Counter refreshes(String provider, String outcome) {
        return meters.counter(PricingMeasure.MARKET_REFRESH.meterName(), "provider", provider, "outcome", outcome);
    }

    /**
     * What a forced refresh leads to.
     *
     * @param provider whose market
     * @param state whether a round begins, or one runs already
     * @param since when that round began
     */
    record RefreshStarted(@Schema(example = "aws") String provider, State state, Instant since) {

        enum State {
            STARTED,
            JOINED
        }
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
