package io.spotplane.provisioning.request;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.provisioning.request.ReadModel.InstanceFilter;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Instances over HTTP. They are read here; they come and go with their requests. */
@RestController
@RequestMapping("/v1/instances")
@PreAuthorize("hasAuthority('instances:read')")
@Tag(name = "Instances")
class InstanceController {

    private final ReadModel reads;

    InstanceController(ReadModel reads) {
        this.reads = reads;
    }

    @GetMapping
    @Operation(summary = "List instances, newest first", description = "Ended ones included.")
    Mono<Listing<InstanceResource>> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable UUID requestId,
            @RequestParam(required = false) @Nullable InstancePhase phase,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(defaultValue = "50") int pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        var size = Listing.size(pageSize);
        var filter = new InstanceFilter(caller.tenant(), requestId, phase, provider);
        return reads.instances(filter, PageToken.decode(pageToken, filter), size + 1)
                .collectList()
                .map(found ->
                        Listing.of(found, size, last -> new PageToken(last.intendedAt(), last.id()).encode(filter)));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read an instance")
    Mono<ResponseEntity<InstanceResource>> read(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return reads.instance(caller.tenant(), id)
                .map(instance -> ResponseEntity.ok()
                        .eTag(Long.toString(instance.version()))
                        .body(instance))
                .switchIfEmpty(
                        Mono.error(() -> ProblemException.of(ProblemType.NOT_FOUND, "There is no instance " + id)));
    }
}
