package io.spotplane.pricing.offering;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.pricing.page.PageToken;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
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
                    "Values of one filter are alternatives, filters add up; filters that contradict each other are refused. Each price carries its source and its age; each market that was"
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
            @ModelAttribute @Valid OfferingFilters filters, @ModelAttribute @Valid ListShape shape) {
        return Mono.fromSupplier(() -> page(filters, shape));
    }

    private ResponseEntity<OfferingPage> page(OfferingFilters filters, ListShape shape) {
        var query = filters.query(shape.order());
        var position = Position.in(shape.pageToken(), query);
        refuseWhileEmpty();
        var findings = storefront.search(query, position, shape.limit());
        var now = clock.instant();
        var sources = sources(now, findings);
        var more = findings.more();
        return answer(
                etag(query, position, shape, findings, sources),
                new OfferingPage(
                        shown(now, findings.items(), shape.nodes()),
                        more == null ? null : more.asToken(query),
                        sources));
    }

    private List<SourceState> sources(Instant now, Storefront.Findings findings) {
        return findings.asked().stream()
                .map(market -> SourceState.at(now, market.report(), storefront.detached()))
                .toList();
    }

    /** An empty list would claim that nothing is for sale; the truth is that nobody knows yet. */
    private void refuseWhileEmpty() {
        if (!storefront.hasPrices()) {
            throw ProblemException.retryLater(
                    ProblemType.UNAVAILABLE, "no market has been collected yet", Duration.ofSeconds(5));
        }
    }

    private List<OfferedOffering> shown(Instant now, List<Storefront.Found> found, @Nullable Integer nodes) {
        var detached = storefront.detached().isPresent();
        return found.stream()
                .map(item -> OfferedOffering.at(now, item, detached, nodes))
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
                    String id,
            @Parameter(description = "Adds what this many of it cost an hour and a month", example = "5")
                    @RequestParam(required = false)
                    @Min(1)
                    @Max(ListShape.MAX_NODES)
                    @Nullable
                    Integer nodes) {
        return Mono.fromSupplier(() -> {
            refuseWhileEmpty();
            var offered = storefront
                    .offering(id)
                    .map(found -> OfferedOffering.at(
                            clock.instant(), found, storefront.detached().isPresent(), nodes))
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
            ListShape shape,
            Storefront.Findings findings,
            List<SourceState> sources) {
        var versions = findings.asked().stream()
                .map(Storefront.MarketState::version)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        var states = sources.stream()
                .map(source -> source.source() + source.asOf() + source.stale() + source.error())
                .collect(Collectors.joining(","));
        return PageToken.fingerprint(String.join(
                "|", query.fingerprint(), position.toString(), shape.limit() + "x" + shape.nodes(), versions, states));
    }

    private static String etag(OfferedOffering offered) {
        return PageToken.fingerprint(offered.offering() + "|" + offered.stale() + "|" + offered.forNodes());
    }
}
