package io.spotplane.contracts.problem;

import java.util.Locale;

/**
 * The problems a client can meet (RFC 9457). {@link #code} is stable and is what clients decide on; {@link #uri} names the
 * paragraph of {@code docs/problems.md} that says cause and cure.
 */
public enum ProblemType {
    INVALID_REQUEST(400, "The request is not valid", false),
    MALFORMED_BODY(400, "The body cannot be read as the JSON that is expected", false),
    IDEMPOTENCY_KEY_MISSING(400, "An Idempotency-Key header is required", false),
    UNAUTHENTICATED(401, "A valid bearer token is required", false),
    FORBIDDEN(403, "The token does not allow this", false),
    NOT_FOUND(404, "There is no such thing", false),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here", false),
    NOT_ACCEPTABLE(406, "No representation that the client accepts", false),
    NAME_TAKEN(409, "The name is in use by another live request", false),
    IN_PROGRESS(409, "A request with this Idempotency-Key is being worked on", true),
    STATE_CONFLICT(409, "The present state does not allow this", false),
    GONE(410, "It is no longer there", false),
    PRECONDITION_FAILED(412, "It was changed by somebody else", false),
    PAYLOAD_TOO_LARGE(413, "The body is too large", false),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported", false),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used with another body", false),
    PRECONDITION_REQUIRED(428, "An If-Match header is required", false),
    RATE_LIMITED(429, "Too many requests", true),
    INTERNAL(500, "Something unforeseen happened", false),
    UPSTREAM_FAILED(502, "A service behind the gateway answered badly", true),
    UNAVAILABLE(503, "A part that is needed is not available", true),
    UPSTREAM_TIMEOUT(504, "A service behind the gateway did not answer in time", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemType(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    /** The stable code, the same as the constant's name. */
    public String code() {
        return name();
    }

    /** The RFC 9457 {@code type}. */
    public String uri() {
        return "https://spotplane.io/problems/"
                + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The RFC 9457 {@code title}. */
    public String title() {
        return title;
    }

    /** Whether the same request may succeed later, unchanged. */
    public boolean retryable() {
        return retryable;
    }
}
