package io.spotplane.contracts.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code application/problem+json}.
 *
 * @param type URI of the problem type
 * @param title its summary, the same for every occurrence
 * @param status the HTTP status
 * @param detail what was wrong this time and what to do
 * @param instance the path that was asked for
 * @param code stable code, see {@link ProblemType}
 * @param retryable whether the same request may succeed later
 * @param retryAfterSeconds when; null when unknown
 * @param errors what is wrong with which field; empty when it is not about fields
 * @param traceId for finding it in traces and logs; null when there is none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        boolean retryable,
        @Nullable Long retryAfterSeconds,
        List<FieldError> errors,
        @Nullable String traceId) {

    /**
     * One field that is wrong.
     *
     * @param pointer JSON pointer into the body ({@code /gpu/count}), or {@code query:<name>} or {@code header:<name>}
     * @param code stable code, such as {@code REQUIRED}, {@code OUT_OF_RANGE}, {@code UNKNOWN_FIELD}
     * @param message what was found and what was expected
     */
    public record FieldError(String pointer, String code, String message) {}
}
