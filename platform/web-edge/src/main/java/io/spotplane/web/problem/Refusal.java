package io.spotplane.web.problem;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What the client will be told, before it is bound to a request.
 *
 * @param headers headers that belong to the refusal, such as {@code Allow}
 */
record Refusal(
        ProblemType type,
        String detail,
        List<Problem.FieldError> errors,
        @Nullable Duration retryAfter,
        HttpHeaders headers) {

    static Refusal of(ProblemType type, String detail) {
        return of(type, detail, HttpHeaders.EMPTY);
    }

    static Refusal of(ProblemType type, String detail, HttpHeaders headers) {
        return new Refusal(type, detail, List.of(), null, headers);
    }

    static Refusal of(ProblemException known) {
        return new Refusal(
                known.type(),
                String.valueOf(known.getMessage()),
                known.errors(),
                known.retryAfter(),
                HttpHeaders.EMPTY);
    }

    static Refusal invalid(String pointer, String code, String message) {
        return invalid(List.of(new Problem.FieldError(pointer, code, message)));
    }

    static Refusal invalid(List<Problem.FieldError> errors) {
        return of(ProblemException.invalid(errors));
    }

    Problem at(String path, @Nullable String traceId) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status(),
                detail,
                path,
                type.code(),
                type.retryable(),
                retryAfter == null ? null : wholeSeconds(retryAfter),
                errors,
                traceId);
    }

    /** Rounded up: a client that comes back too early is refused again. */
    static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
