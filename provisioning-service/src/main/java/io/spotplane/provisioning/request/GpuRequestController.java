package io.spotplane.provisioning.request;

import io.spotplane.contracts.event.CapacityRequestSubmitted;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** GPU requests over HTTP. */
@RestController
@RequestMapping("/v1/gpu-requests")
@Tag(name = "GPU requests")
class GpuRequestController {

    private static final String EXAMPLE = """
            {"name":"train-1","gpu":{"model":"L4","count":1,"minMemoryGiB":16},"instances":1,
             "capacityType":"SPOT","maxPricePerHour":{"amount":"1.00","currency":"USD"},
             "budget":{"amount":"5.00","currency":"USD"}}""";

    private final CapacityRequests requests;

    GpuRequestController(CapacityRequests requests) {
        this.requests = requests;
    }

    @PostMapping(consumes = "application/json")
    @PreAuthorize("hasAuthority('requests:write')")
    @Operation(
            summary = "Ask for machines with GPUs",
            description =
                    "Accepted at once; what is bought for it, and why, stands in the resource and its timeline. The same key with the same body "
                            + "answers the same, however often it is sent; the price cap is also the bid.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(value = EXAMPLE))))
    @ApiResponse(responseCode = "202", description = "Written down and being worked on; Location is the resource")
    @ApiResponse(
            responseCode = "400",
            description = "Not valid, every field that is wrong named; or no Idempotency-Key")
    @ApiResponse(responseCode = "409", description = "The name is in use, or a call with this key is being worked on")
    @ApiResponse(responseCode = "422", description = "The key was used with another body")
    Mono<ResponseEntity<byte[]>> submit(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestBody CapacityRequestSubmitted body) {
        return requests.submit(caller, RequestKind.GPU, idempotencyKey, body);
    }

    @GetMapping
    @PreAuthorize("hasAuthority('requests:read')")
    @Operation(summary = "List GPU requests, newest first")
    Mono<Listing<RequestResource>> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable RequestPhase phase,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(defaultValue = "50") int pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return requests.list(caller, RequestKind.GPU, phase, name, pageSize, pageToken);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('requests:read')")
    @Operation(summary = "Read a GPU request with its instances")
    Mono<ResponseEntity<RequestResource>> read(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return requests.read(caller, RequestKind.GPU, id);
    }

    @DeleteMapping("/{id}")
    @PreAuthorize("hasAuthority('requests:write')")
    @Operation(
            summary = "End a GPU request and everything it holds",
            description =
                    "Accepted in every state, any number of times. The request is TERMINATED when the providers' own lists prove that nothing is left.")
    @ApiResponse(responseCode = "202", description = "Being ended, or ended already")
    Mono<ResponseEntity<RequestResource>> delete(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return requests.delete(caller, RequestKind.GPU, id);
    }

    @GetMapping("/{id}/timeline")
    @PreAuthorize("hasAuthority('requests:read')")
    @Operation(summary = "Read what happened to a GPU request, oldest first")
    Mono<Timeline> timeline(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return requests.timeline(caller, RequestKind.GPU, id);
    }
}
