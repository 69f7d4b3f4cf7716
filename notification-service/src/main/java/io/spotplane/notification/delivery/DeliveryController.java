package io.spotplane.notification.delivery;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.notification.Page;
import io.spotplane.notification.PageToken;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Deliveries over HTTP. */
@RestController
@Tag(name = "Subscriptions")
class DeliveryController {

    private static final String DEFAULT_SIZE = "50";

    private final DeliveryHistory history;
    private final QueueDeliveries queue;

    DeliveryController(DeliveryHistory history, QueueDeliveries queue) {
        this.history = history;
        this.queue = queue;
    }

    @GetMapping("/v1/subscriptions/{id}/deliveries")
    @PreAuthorize("hasAuthority('subscriptions:read')")
    @Operation(summary = "Read what was delivered and what each attempt met, newest first")
    Mono<Page<DeliveryResource>> list(
            @Parameter(hidden = true) Caller caller,
            @PathVariable UUID id,
            @RequestParam(defaultValue = DEFAULT_SIZE) int pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        var size = Math.clamp(pageSize, 1, PageToken.MAX_SIZE);
        var page = history.of(caller.tenant(), id, PageToken.read(pageToken), size + 1)
                .collectList()
                .map(found -> Page.of(found, size, DeliveryResource::id));
        return history.knows(caller.tenant(), id)
                .flatMap(known -> known
                        ? page
                        : Mono.error(ProblemException.of(ProblemType.NOT_FOUND, "there is no subscription " + id)));
    }

    @PostMapping("/v1/deliveries/{id}:replay")
    @PreAuthorize("hasAuthority('subscriptions:write')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Send an ended delivery once more",
            description = "Under the same webhook-id, so that a receiver can tell that it is the same event.")
    Mono<Map<String, UUID>> replay(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return queue.again(caller.tenant(), id)
                .flatMap(again -> again
                        ? Mono.just(Map.of("deliveryId", id))
                        : Mono.error(ProblemException.of(
                                ProblemType.NOT_FOUND, "there is no delivery " + id + " that has ended")));
    }
}
