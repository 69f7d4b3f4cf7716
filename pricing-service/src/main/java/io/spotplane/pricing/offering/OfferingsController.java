package io.spotplane.pricing.offering;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.pricing.page.PageToken;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What is for sale, over HTTP. Every answer carries a weak ETag; asking again with it costs 304 until something changed. */
@RestController
@RequestMapping("/v1/offerings")
@PreAuthorize("hasAuthority('offerings:read')")
@Tag(name = "Offerings", description = "What GPUs and nodes cost and where they are for sale")
class OfferingsController {

    private static final int MAX_PAGE_SIZE = 200;
    private static final int MAX_ALTERNATIVES = 50;
    private static final String NAME = "[A-Za-z0-9 ._-]{1,64}";

    private final Storefront storefront;
    private final ServingSettings settings;
    private final Clock clock;

    OfferingsController(Storefront storefront, ServingSettings settings, Clock clock) {
        this.storefront = storefront;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Offerings, cheapest first",
            description =
                    "Values of one filter are alternatives, filters add up. Each price carries its source and its age; each market that was"
                            + " asked is named in sources, also when it could not be reached.")
    @ApiResponse(responseCode = "200", description = "A page of offerings")
    @ApiResponse(
            responseCode = "304",
            description = "Nothing changed since the ETag of If-None-Match",
            content = {})
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid",
            content = {})
    @ApiResponse(
            responseCode = "503",
            description = "No market was ever collected",
            content = {})
    Mono<ResponseEntity<OfferingPage>> list(
            @Parameter(description = "GPU model, family or alias; repeatable", example = "L4")
                    @RequestParam(defaultValue = "")
                    @Size(max = MAX_ALTERNATIVES)
                    List<@Pattern(regexp = NAME) String> gpu,
            @Parameter(description = "GPUs of the machine, exactly", example = "1")
                    @RequestParam(required = false)
                    @Min(0)
                    @Max(1024)
                    @Nullable
                    Integer gpuCount,
            @Parameter(description = "Least memory of each GPU, in GiB", example = "16")
                    @RequestParam(defaultValue = "0")
                    @PositiveOrZero
                    int minGpuMemoryGiB,
            @Parameter(description = "Least virtual CPUs", example = "8")
                    @RequestParam(defaultValue = "0")
                    @PositiveOrZero
                    int minVcpu,
            @Parameter(description = "Least memory of the machine, in MiB", example = "16384")
                    @RequestParam(defaultValue = "0")
                    @PositiveOrZero
                    long minMemoryMiB,
            @Parameter(description = "The provider's region; repeatable", example = "us-east-1")
                    @RequestParam(defaultValue = "")
                    @Size(max = MAX_ALTERNATIVES)
                    List<@Pattern(regexp = NAME) String> region,
            @Parameter(description = "Provider; repeatable", example = "aws")
                    @RequestParam(defaultValue = "")
                    @Size(max = MAX_ALTERNATIVES)
                    List<@Pattern(regexp = NAME) String> provider,
            @Parameter(description = "SPOT or ON_DEMAND; both when absent") @RequestParam(required = false) @Nullable
                    CapacityType capacityType,
            @Parameter(description = "Most that the machine may be billed an hour, in USD", example = "0.90")
                    @RequestParam(required = false)
                    @DecimalMin(value = "0", inclusive = false)
                    @Digits(integer = 12, fraction = 6)
                    @Nullable
                    BigDecimal maxPricePerHour,
            @Parameter(description = "price, or pricePerGpu (machines with GPUs only)")
                    @RequestParam(defaultValue = "price")
                    @Pattern(regexp = "price|pricePerGpu")
                    String sort,
            @Parameter(description = "Items a page; more than 200 counts as 200")
                    @RequestParam(defaultValue = "50")
                    @Min(1)
                    int pageSize,
            @Parameter(description = "nextPageToken of the page before, with the same filters")
                    @RequestParam(required = false)
                    @Nullable
                    String pageToken) {
        var query = new OfferingQuery(
                Set.copyOf(gpu),
                gpuCount,
                minGpuMemoryGiB,
                minVcpu,
                minMemoryMiB,
                Set.copyOf(region),
                Set.copyOf(provider),
                capacityType,
                maxPricePerHour,
                Sort.named(sort));
        return Mono.fromSupplier(() -> page(query, pageToken, Math.min(pageSize, MAX_PAGE_SIZE)));
    }

    private ResponseEntity<OfferingPage> page(OfferingQuery query, @Nullable String pageToken, int pageSize) {
        var position = Position.in(pageToken, query);
        refuseWhileEmpty();
        var findings = storefront.search(query, position, pageSize);
        var now = clock.instant();
        var sources = findings.asked().stream()
                .map(market -> SourceState.at(now, market.report(), storefront.detached()))
                .toList();
        var more = findings.more();
        return answer(
                etag(query, position, pageSize, findings, sources),
                new OfferingPage(shown(now, findings.items()), more == null ? null : more.asToken(query), sources));
    }

    /** An empty list would claim that nothing is for sale; the truth is that nobody knows yet. */
    private void refuseWhileEmpty() {
        if (!storefront.hasPrices()) {
            throw ProblemException.retryLater(
                    ProblemType.UNAVAILABLE, "no market has been collected yet", Duration.ofSeconds(5));
        }
    }

    private List<OfferedOffering> shown(Instant now, List<Storefront.Found> found) {
        var detached = storefront.detached().isPresent();
        return found.stream()
                .map(item -> OfferedOffering.at(now, item, detached))
                .toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "One offering", description = "As it is for sale now.")
    @ApiResponse(responseCode = "200", description = "The offering")
    @ApiResponse(
            responseCode = "304",
            description = "Nothing changed since the ETag of If-None-Match",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "Nobody sells it now",
            content = {})
    Mono<ResponseEntity<OfferedOffering>> one(
            @Parameter(
                            description = "provider:region:zone:type:capacity",
                            example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot")
                    @PathVariable
                    String id) {
        return Mono.fromSupplier(() -> {
            refuseWhileEmpty();
            var offered = storefront
                    .offering(id)
                    .map(found -> OfferedOffering.at(
                            clock.instant(), found, storefront.detached().isPresent()))
                    .orElseThrow(OfferingsController::unknown);
            return answer(etag(offered), offered);
        });
    }

    private static ProblemException unknown() {
        return ProblemException.of(ProblemType.NOT_FOUND, "nobody sells an offering with this id now");
    }

    private <T> ResponseEntity<T> answer(String etag, T body) {
        return ResponseEntity.ok()
                .eTag("W/\"" + etag + "\"")
                .cacheControl(CacheControl.maxAge(settings.maxAge()).cachePrivate())
                .body(body);
    }

    /** Changes with what the page says, not with the seconds that pass; the same on every replica. */
    private static String etag(
            OfferingQuery query,
            Position position,
            int pageSize,
            Storefront.Findings findings,
            List<SourceState> sources) {
        var versions = findings.asked().stream()
                .map(Storefront.MarketState::version)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        var states = sources.stream()
                .map(source -> source.source() + source.asOf() + source.stale() + source.error())
                .collect(Collectors.joining(","));
        return PageToken.fingerprint(
                String.join("|", query.fingerprint(), position.toString(), "" + pageSize, versions, states));
    }

    private static String etag(OfferedOffering offered) {
        return PageToken.fingerprint(offered.offering() + "|" + offered.stale());
    }
}
