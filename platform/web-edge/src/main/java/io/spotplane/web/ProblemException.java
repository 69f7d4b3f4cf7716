package io.spotplane.web;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A refusal with its problem type; the edge turns it into {@code application/problem+json}. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<Problem.FieldError> errors;
    private final @Nullable Duration retryAfter;

    private ProblemException(
            ProblemType type, String detail, List<Problem.FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A refusal that is not about single fields. {@code detail}: what was wrong and what to do. */
    public static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(type, detail, List.of(), null);
    }

    /** {@link ProblemType#INVALID_REQUEST} with what is wrong with which field. */
    public static ProblemException invalid(List<Problem.FieldError> errors) {
        var first = errors.getFirst();
        return new ProblemException(
                ProblemType.INVALID_REQUEST, first.pointer() + ": " + first.message(), errors, null);
    }

    /** A refusal that may be tried again after {@code retryAfter}. */
    public static ProblemException retryLater(ProblemType type, String detail, Duration retryAfter) {
        return new ProblemException(type, detail, List.of(), retryAfter);
    }

    /** The problem type. */
    public ProblemType type() {
        return type;
    }

    /** What is wrong with which field; empty when it is not about fields. */
    public List<Problem.FieldError> errors() {
        return errors;
    }

    /** When to try again; null when unknown. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
