package io.spotplane.provisioning.request;

import io.spotplane.contracts.event.CapacityRequestSubmitted;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.Topics;
import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.kafka.EventCodec;
import io.spotplane.kafka.UnreadableEvent;
import io.spotplane.outbox.Inbox;
import io.spotplane.provisioning.request.SubmitCapacityRequest.Outcome;
import io.spotplane.provisioning.request.SubmitCapacityRequest.Submission;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Requests from outside producers. The event's id makes it happen once, its subject becomes the request's id. What is not valid goes to the
 * dead-letter topic with the reason: there is no request to fail.
 */
@Component
class RequestsListener {

    private static final String CONSUMER = "provisioning.requests";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern TENANT = Pattern.compile("[a-z0-9-]{1,63}");

    private final EventCodec codec;
    private final Inbox inbox;
    private final SubmitCapacityRequest submissions;

    RequestsListener(EventCodec codec, Inbox inbox, SubmitCapacityRequest submissions) {
        this.codec = codec;
        this.inbox = inbox;
        this.submissions = submissions;
    }

    @KafkaListener(
            topics = {Topics.GPU_REQUESTS, Topics.NODE_REQUESTS},
            groupId = CONSUMER)
    void on(ConsumerRecord<String, byte[]> record) {
        codec.read(record, CapacityRequestSubmitted.class)
                .ifPresent(event -> inbox.once(CONSUMER, event.source() + "#" + event.id(), submit(event))
                        .block(LIMIT));
    }

    private Mono<Void> submit(Event<CapacityRequestSubmitted> event) {
        return Mono.fromCallable(() -> submission(event))
                .flatMap(submissions::submit)
                .doOnNext(RequestsListener::refuse)
                .then();
    }

    private static Submission submission(Event<CapacityRequestSubmitted> event) {
        if (!TENANT.matcher(event.tenant()).matches()) {
            throw new UnreadableEvent(
                    "tenant is '" + event.tenant() + "', expected 1 to 63 of a-z, 0-9 and hyphens", null);
        }
        var kind = event.type() == EventType.GPU_REQUEST_SUBMITTED ? RequestKind.GPU : RequestKind.NODE;
        return new Submission(
                id(event.subject()), event.tenant(), kind, event.source(), event.traceparent(), event.data());
    }

    private static UUID id(String subject) {
        try {
            return UUID.fromString(subject);
        } catch (IllegalArgumentException malformed) {
            throw new UnreadableEvent("subject is '" + subject + "', expected a UUID", malformed);
        }
    }

    private static void refuse(Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted _ -> {}
            case Outcome.Invalid invalid -> throw new UnreadableEvent("not valid: " + inWords(invalid.errors()), null);
            case Outcome.Taken _ ->
                throw new UnreadableEvent(
                        "the name is in use by another live request of the tenant, or the id is in use", null);
        }
    }

    private static String inWords(List<FieldError> errors) {
        return errors.stream()
                .map(error -> error.pointer() + " " + error.message())
                .collect(Collectors.joining("; "));
    }
}
