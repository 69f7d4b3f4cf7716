package io.spotplane.notification.subscription;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.notification.NotificationSettings;
import io.spotplane.notification.Page;
import io.spotplane.notification.PageToken;
import io.spotplane.notification.channel.SigningSecret;
import io.spotplane.notification.channel.webhook.WebhookDestination;
import io.spotplane.notification.delivery.QueueDeliveries;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Subscriptions over HTTP. */
@RestController
@Tag(name = "Subscriptions")
class SubscriptionController {

    private static final String DEFAULT_SIZE = "50";

    private final Subscriptions subscriptions;
    private final WebhookDestination destination;
    private final QueueDeliveries queue;
    private final NotificationSettings settings;
    private final Clock clock;

    SubscriptionController(
            Subscriptions subscriptions,
            WebhookDestination destination,
            QueueDeliveries queue,
            NotificationSettings settings,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.destination = destination;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
    }

    @PostMapping(path = "/v1/subscriptions", consumes = "application/json")
    @PreAuthorize("hasAuthority('subscriptions:write')")
    @Operation(
            summary = "Subscribe a webhook",
            description =
                    "The secret that signs deliveries (Standard Webhooks) stands in this answer and is never shown again.")
    Mono<ResponseEntity<SubscriptionResource>> subscribe(
            @Parameter(hidden = true) Caller caller, @RequestBody NewSubscription wish) {
        var errors = wish.errors();
        if (!errors.isEmpty()) {
            return Mono.error(ProblemException.invalid(errors));
        }
        var secret = SigningSecret.random();
        return refuseDestination(String.valueOf(wish.url()))
                .then(Mono.defer(() -> subscriptions.add(caller.tenant(), wish, secret, settings.maxSubscriptions())))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(
                        ProblemType.STATE_CONFLICT,
                        "There are " + settings.maxSubscriptions() + " subscriptions already; delete one first")))
                .map(made -> ResponseEntity.created(URI.create("/v1/subscriptions/" + made.id()))
                        .body(SubscriptionResource.withSecret(made, secret)));
    }

    private Mono<Void> refuseDestination(String url) {
        return destination
                .objectionTo(url)
                .flatMap(objection -> objection
                        .map(why -> Mono.<Void>error(
                                ProblemException.invalid(List.of(new FieldError("/url", "NOT_ALLOWED", why)))))
                        .orElseGet(Mono::empty));
    }

    @GetMapping("/v1/subscriptions")
    @PreAuthorize("hasAuthority('subscriptions:read')")
    @Operation(summary = "List subscriptions")
    Mono<Page<SubscriptionResource>> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(defaultValue = DEFAULT_SIZE) int pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        var size = Math.clamp(pageSize, 1, PageToken.MAX_SIZE);
        return subscriptions
                .list(caller.tenant(), PageToken.read(pageToken), size + 1)
                .map(SubscriptionResource::of)
                .collectList()
                .map(found -> Page.of(found, size, SubscriptionResource::id));
    }

    @GetMapping("/v1/subscriptions/{id}")
    @PreAuthorize("hasAuthority('subscriptions:read')")
    @Operation(summary = "Read a subscription")
    Mono<SubscriptionResource> read(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return found(caller, id).map(SubscriptionResource::of);
    }

    @DeleteMapping("/v1/subscriptions/{id}")
    @PreAuthorize("hasAuthority('subscriptions:write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Unsubscribe", description = "Deliveries that are still due are dropped with it.")
    Mono<Void> remove(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return subscriptions
                .remove(caller.tenant(), id)
                .flatMap(removed -> removed ? Mono.empty() : Mono.error(missing(id)));
    }

    @PostMapping("/v1/subscriptions/{id}:test")
    @PreAuthorize("hasAuthority('subscriptions:write')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Send a test event to this subscription alone",
            description =
                    "Its type is io.spotplane.notification.subscription-tested.v1; the delivery can be read like any other.")
    Mono<Map<String, UUID>> test(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return found(caller, id)
                .flatMap(subscription -> queue.test(subscription.id(), subscription.tenant(), clock.instant()))
                .map(delivery -> Map.of("deliveryId", delivery));
    }

    private Mono<Subscription> found(Caller caller, UUID id) {
        return subscriptions.find(caller.tenant(), id).switchIfEmpty(Mono.error(() -> missing(id)));
    }

    private static ProblemException missing(UUID id) {
        return ProblemException.of(ProblemType.NOT_FOUND, "there is no subscription " + id);
    }
}
