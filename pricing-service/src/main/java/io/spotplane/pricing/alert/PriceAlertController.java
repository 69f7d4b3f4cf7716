package io.spotplane.pricing.alert;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.pricing.market.PricingSettings;
import io.spotplane.pricing.page.PageToken;
import io.spotplane.web.Caller;
import io.spotplane.web.IdempotentWrites;
import io.spotplane.web.ProblemException;
import io.spotplane.web.WriteAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Price alerts over HTTP. */
@RestController
@RequestMapping("/v1/price-alerts")
@Tag(name = "Price alerts", description = "Be told when a price crosses a line, or when a bid is about to lose")
class PriceAlertController {

    private static final String PATH = "/v1/price-alerts";
    private static final int MAX_PAGE_SIZE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PriceAlerts alerts;
    private final IdempotentWrites writes;
    private final AlertSettings settings;
    private final PricingSettings pricing;
    private final JsonMapper json;

    PriceAlertController(
            PriceAlerts alerts,
            IdempotentWrites writes,
            AlertSettings settings,
            PricingSettings pricing,
            JsonMapper json) {
        this.alerts = alerts;
        this.writes = writes;
        this.settings = settings;
        this.pricing = pricing;
        this.json = json;
    }

    @PostMapping(consumes = "application/json")
    @PreAuthorize("hasAuthority('alerts:write')")
    @Operation(
            summary = "Set an alert",
            description =
                    "THRESHOLD: told once when the price of an offering, or the cheapest of all that a query wants, is at or below (one offering:"
                            + " or at or above) a line. BID_AT_RISK: told once when capacity held at a bid is lost or likely to be within the"
                            + " horizon. It can be told of again after the price has left the line by rearmPercent. What is told goes to the"
                            + " tenant's subscriptions as io.spotplane.pricing.price-alert-raised.v1 and …-cleared.v1. A price that is beyond"
                            + " the line already is told of within seconds. Idempotency-Key is optional.")
    @ApiResponse(responseCode = "201", description = "The alert, armed")
    @ApiResponse(
            responseCode = "400",
            description = "A field is not valid",
            content = {})
    @ApiResponse(
            responseCode = "409",
            description = "The tenant has as many alerts as it may",
            content = {})
    Mono<ResponseEntity<byte[]>> add(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody NewPriceAlert wish) {
        var errors = wish.errors(pricing.currency());
        if (!errors.isEmpty()) {
            return Mono.error(ProblemException.invalid(errors));
        }
        var write = Mono.defer(() -> add(caller, wish));
        return (key == null ? write : writes.once(caller, "POST " + PATH, key, wish, write))
                .map(WriteAnswer::toResponse)
                .transform(PriceAlertController::inTime);
    }

    private Mono<WriteAnswer> add(Caller caller, NewPriceAlert wish) {
        return refuseUnknown(wish.offeringId())
                .then(Mono.defer(() -> alerts.add(caller.tenant(), wish.definition(), settings.maxPerTenant())))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(
                        ProblemType.STATE_CONFLICT,
                        "There are " + settings.maxPerTenant() + " price alerts already; delete one first")))
                .map(this::created);
    }

    private Mono<Void> refuseUnknown(@Nullable String offeringId) {
        return offeringId == null
                ? Mono.empty()
                : alerts.everForSale(offeringId)
                        .flatMap(known -> known
                                ? Mono.empty()
                                : Mono.error(ProblemException.invalid(List.of(new FieldError(
                                        "/offeringId",
                                        "UNKNOWN_OFFERING",
                                        "no offering with this id was ever for sale")))));
    }

    private WriteAnswer created(PriceAlert alert) {
        return new WriteAnswer(
                HttpStatus.CREATED.value(),
                URI.create(PATH + "/" + alert.id()),
                json.writeValueAsString(PriceAlertResource.of(alert)),
                false);
    }

    @GetMapping
    @PreAuthorize("hasAuthority('alerts:read')")
    @Operation(summary = "List alerts", description = "The tenant's, oldest first.")
    @ApiResponse(responseCode = "200", description = "A page of alerts")
    Mono<AlertPage> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "Items a page; more than 200 counts as 200")
                    @RequestParam(defaultValue = "50")
                    @Min(1)
                    int pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        var size = Math.min(pageSize, MAX_PAGE_SIZE);
        return Mono.fromSupplier(() -> AlertPage.positionIn(pageToken, caller.tenant()))
                .flatMap(after -> alerts.list(caller.tenant(), after.orElse(null), size + 1)
                        .collectList())
                .map(found -> AlertPage.of(caller.tenant(), found, size))
                .transform(PriceAlertController::inTime);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('alerts:read')")
    @Operation(summary = "Read an alert", description = "What it is set for, and how it stands.")
    @ApiResponse(responseCode = "200", description = "The alert")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such alert",
            content = {})
    Mono<PriceAlertResource> read(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return alerts.find(caller.tenant(), id)
                .switchIfEmpty(Mono.error(() -> missing(id)))
                .map(PriceAlertResource::of)
                .transform(PriceAlertController::inTime);
    }

    @DeleteMapping("/{id}")
    @PreAuthorize("hasAuthority('alerts:write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove an alert", description = "Nothing more is told of it, not even that it is cleared.")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such alert",
            content = {})
    Mono<Void> remove(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return alerts.remove(caller.tenant(), id)
                .flatMap(removed -> removed ? Mono.<Void>empty() : Mono.error(missing(id)))
                .transform(PriceAlertController::inTime);
    }

    private static <T> Mono<T> inTime(Mono<T> answer) {
        return answer.timeout(
                PATIENCE,
                Mono.error(() -> ProblemException.retryLater(
                        ProblemType.UNAVAILABLE, "the price alerts do not answer in time", PATIENCE)));
    }

    private static ProblemException missing(UUID id) {
        return ProblemException.of(ProblemType.NOT_FOUND, "there is no price alert " + id);
    }

    /**
     * A page of alerts.
     *
     * @param items oldest first
     * @param nextPageToken for the next page; null at the end
     */
    record AlertPage(
            List<PriceAlertResource> items, @Nullable String nextPageToken) {

        private static AlertPage of(String tenant, List<PriceAlert> found, int size) {
            var items = found.stream().limit(size).map(PriceAlertResource::of).toList();
            var next = found.size() > size
                    ? new PageToken(
                                    fingerprint(tenant),
                                    List.of(items.getLast().id().toString()))
                            .encoded()
                    : null;
            return new AlertPage(items, next);
        }

        private static Optional<UUID> positionIn(@Nullable String token, String tenant) {
            var position = PageToken.positionIn(token, fingerprint(tenant), 1);
            try {
                return Optional.ofNullable(position).map(parts -> UUID.fromString(parts.getFirst()));
            } catch (IllegalArgumentException notAnId) {
                throw PageToken.refused("INVALID", "it is not a page token of this list; start again without one");
            }
        }

        private static String fingerprint(String tenant) {
            return PageToken.fingerprint("price-alerts " + tenant);
        }
    }
}
