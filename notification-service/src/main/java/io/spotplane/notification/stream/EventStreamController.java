package io.spotplane.notification.stream;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The caller's events as they happen; only the caller's tenant. */
@RestController
class EventStreamController {

    private final EventStream events;

    EventStreamController(EventStream events) {
        this.events = events;
    }

    @PreAuthorize("hasAuthority('events:read')")
    @GetMapping(path = "/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> listen(
            Caller caller,
            @RequestParam(required = false) @Nullable List<String> types,
            @RequestParam(required = false) @Nullable UUID requestId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        var wanted = new Wanted(known(types), requestId == null ? null : requestId.toString());
        var resume =
                Optional.ofNullable(lastEventId).filter(id -> !id.isBlank()).map(Cursor::read);
        return events.of(caller.tenant(), wanted, resume);
    }

    private static List<String> known(@Nullable List<String> types) {
        try {
            return types == null ? List.of() : List.of(EventPattern.texts(types));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(List.of(
                    new Problem.FieldError("query:types", "UNKNOWN_EVENT_TYPE", String.valueOf(e.getMessage()))));
        }
    }
}
