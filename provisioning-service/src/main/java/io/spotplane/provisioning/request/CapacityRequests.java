package io.spotplane.provisioning.request;

import io.spotplane.contracts.event.CapacityRequestSubmitted;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Ending;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.request.ReadModel.RequestFilter;
import io.spotplane.provisioning.request.SubmitCapacityRequest.Outcome;
import io.spotplane.provisioning.request.SubmitCapacityRequest.Submission;
import io.spotplane.provisioning.timeline.TimelineEntry;
import io.spotplane.provisioning.timeline.TimelineEntry.Kind;
import io.spotplane.web.Caller;
import io.spotplane.web.IdempotentWrites;
import io.spotplane.web.ProblemException;
import io.spotplane.web.WriteAnswer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What both kinds of requests answer over HTTP; GPU and node requests differ in their paths and bodies alone. */
final class CapacityRequests {

    private final SubmitCapacityRequest submissions;
    private final IdempotentWrites writes;
    private final Book book;
    private final ReadModel reads;
    private final Supplier<UUID> ids;
    private final JsonMapper json;
    private final InstantSource clock;

    CapacityRequests(
            SubmitCapacityRequest submissions,
            IdempotentWrites writes,
            Book book,
            ReadModel reads,
            Supplier<UUID> ids,
            JsonMapper json,
            InstantSource clock) {
        this.submissions = submissions;
        this.writes = writes;
        this.book = book;
        this.reads = reads;
        this.ids = ids;
        this.json = json;
        this.clock = clock;
    }

    Mono<ResponseEntity<byte[]>> submit(
            Caller caller, RequestKind kind, @Nullable String idempotencyKey, CapacityRequestSubmitted body) {
        var write = TraceOfCall.traceparent()
                .flatMap(trace -> submissions.submit(submission(caller, kind, body, trace)))
                .map(outcome -> answer(kind, body, outcome));
        return writes.once(caller, "POST " + path(kind), idempotencyKey, body, write)
                .map(WriteAnswer::toResponse);
    }

    Mono<ResponseEntity<RequestResource>> read(Caller caller, RequestKind kind, UUID id) {
        return found(caller, kind, id).map(CapacityRequests::tagged);
    }

    Mono<Listing<RequestResource>> list(
            Caller caller,
            RequestKind kind,
            @Nullable RequestPhase phase,
            @Nullable String name,
            int pageSize,
            @Nullable String pageToken) {
        var size = Listing.size(pageSize);
        var filter = new RequestFilter(caller.tenant(), kind, phase, name);
        return reads.requests(filter, PageToken.decode(pageToken, filter), size + 1)
                .collectList()
                .map(found ->
                        Listing.of(found, size, last -> new PageToken(last.createdAt(), last.id()).encode(filter)));
    }

    /** Asks for the end of a request, in whatever state it is. Asking again changes nothing. */
    Mono<ResponseEntity<RequestResource>> delete(Caller caller, RequestKind kind, UUID id) {
        return found(caller, kind, id)
                .flatMap(_ -> book.change(id, deleted(caller)))
                .flatMap(_ -> found(caller, kind, id))
                .map(resource -> ResponseEntity.accepted()
                        .location(URI.create(path(kind) + "/" + id))
                        .eTag(Long.toString(resource.version()))
                        .body(resource));
    }

    Mono<Timeline> timeline(Caller caller, RequestKind kind, UUID id) {
        return found(caller, kind, id)
                .flatMap(_ -> reads.timeline(caller.tenant(), id))
                .map(Timeline::new);
    }

    private static Decide deleted(Caller caller) {
        return (holding, now) -> holding.request().ending() != null
                ? Decision.of(holding)
                : Decision.of(holding.with(holding.request().end(Ending.Cause.DELETED, now)))
                        .telling(TimelineEntry.ofRequest(
                                now, Kind.DELETED, "Deletion asked for", "By " + caller.subject()));
    }

    private Mono<RequestResource> found(Caller caller, RequestKind kind, UUID id) {
        return reads.request(caller.tenant(), kind, id).switchIfEmpty(Mono.error(() -> noSuch(id)));
    }

    private Submission submission(
            Caller caller, RequestKind kind, CapacityRequestSubmitted body, Optional<String> trace) {
        return new Submission(ids.get(), caller.tenant(), kind, caller.subject(), trace.orElse(null), body);
    }

    private WriteAnswer answer(RequestKind kind, CapacityRequestSubmitted body, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted(var request) -> {
                var resource = RequestResource.of(Holding.of(request), List.of(), clock.instant());
                var location = URI.create(path(kind) + "/" + request.id());
                yield new WriteAnswer(202, location, json.writeValueAsString(resource), false);
            }
            case Outcome.Invalid(var errors) -> throw ProblemException.invalid(errors);
            case Outcome.Taken _ ->
                throw ProblemException.of(
                        ProblemType.NAME_TAKEN,
                        "'" + body.name()
                                + "' is the name of another live request: choose another, or delete that one");
        };
    }

    private static ResponseEntity<RequestResource> tagged(RequestResource resource) {
        return ResponseEntity.ok().eTag(Long.toString(resource.version())).body(resource);
    }

    private static String path(RequestKind kind) {
        return switch (kind) {
            case GPU -> "/v1/gpu-requests";
            case NODE -> "/v1/node-requests";
        };
    }

    private static ProblemException noSuch(UUID id) {
        return ProblemException.of(ProblemType.NOT_FOUND, "There is no request " + id);
    }
}
