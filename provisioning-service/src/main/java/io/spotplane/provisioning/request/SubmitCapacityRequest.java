package io.spotplane.provisioning.request;

import io.spotplane.contracts.event.CapacityRequestSubmitted;
import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.CapacityRequest;
import io.spotplane.provisioning.request.Admission.Verdict;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Takes a wish for capacity in: checked, written down, announced. Joins the caller's transaction. */
final class SubmitCapacityRequest {

    private final Admission admission;
    private final Book book;
    private final InstantSource clock;

    SubmitCapacityRequest(Admission admission, Book book, InstantSource clock) {
        this.admission = admission;
        this.book = book;
        this.clock = clock;
    }

    /**
     * A wish, from wherever it comes.
     *
     * @param id what the request is to be called
     * @param tenant whose it is
     * @param kind GPU or node request
     * @param by who asked
     * @param traceparent the trace it belongs to; null for none
     * @param body the wish itself
     */
    record Submission(
            UUID id,
            String tenant,
            RequestKind kind,
            String by,
            @Nullable String traceparent,
            CapacityRequestSubmitted body) {}

    /** What came of it. */
    sealed interface Outcome {

        /** Written down. */
        record Accepted(CapacityRequest request) implements Outcome {}

        /** Not valid. */
        record Invalid(List<FieldError> errors) implements Outcome {}

        /** The name is in use by another live request of the tenant, or the id is in use. */
        record Taken() implements Outcome {}
    }

    Mono<Outcome> submit(Submission submission) {
        return switch (admission.admit(submission.kind(), submission.body())) {
            case Verdict.Refused refused -> Mono.just(new Outcome.Invalid(refused.errors()));
            case Verdict.Admitted admitted -> open(accepted(submission, admitted));
        };
    }

    private Mono<Outcome> open(CapacityRequest request) {
        return book.open(request).map(opened -> opened ? new Outcome.Accepted(request) : new Outcome.Taken());
    }

    private CapacityRequest accepted(Submission submission, Verdict.Admitted admitted) {
        return CapacityRequest.accept(
                submission.id(),
                submission.tenant(),
                submission.kind(),
                submission.body().name(),
                admitted.wanted(),
                submission.by(),
                submission.traceparent(),
                clock.instant());
    }
}
