package io.spotplane.web.problem;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.FaultTranslation;
import io.spotplane.web.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Finds the problem that a fault means for the client. What nobody names is {@code INTERNAL}, and its text stays with us. */
final class Diagnosis {

    private static final String UNFORESEEN = "This is our fault. Ask us with the trace id; a repeat may help.";

    private final List<FaultTranslation> translations;

    Diagnosis(List<FaultTranslation> translations) {
        this.translations = List.copyOf(translations);
    }

    Refusal of(Throwable fault) {
        var known = named(fault);
        return known == null ? raised(fault) : Refusal.of(known);
    }

    /** Operators and libraries wrap what they pass on, so causes are asked too. */
    private @Nullable ProblemException named(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known;
            }
            var translated = translated(cause);
            if (translated != null) {
                return translated;
            }
        }
        return null;
    }

    private @Nullable ProblemException translated(Throwable fault) {
        return translations.stream()
                .map(translation -> translation.translate(fault))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Refusal raised(Throwable fault) {
        return switch (fault) {
            case AuthenticationException unauthenticated -> TokenFaults.of(unauthenticated);
            case AccessDeniedException ignored ->
                Refusal.of(ProblemType.FORBIDDEN, "the roles of this token do not include this permission");
            case ServerExchangeRejectedException ignored ->
                Refusal.of(
                        ProblemType.INVALID_REQUEST,
                        "the path, a header or the method has a form that is not accepted");
            case WebExchangeBindException invalid -> InputFaults.of(invalid);
            case HandlerMethodValidationException invalid when !invalid.isForReturnValue() -> InputFaults.of(invalid);
            case MissingRequestValueException missing -> InputFaults.of(missing);
            case ServerWebInputException unreadable -> InputFaults.of(unreadable);
            case DataBufferLimitException ignored ->
                Refusal.of(ProblemType.PAYLOAD_TOO_LARGE, "the body is larger than this endpoint accepts");
            case MethodNotAllowedException method -> notAllowed(method);
            case UnsupportedMediaTypeStatusException media ->
                Refusal.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send application/json", media.getHeaders());
            case NotAcceptableStatusException ignored ->
                Refusal.of(ProblemType.NOT_ACCEPTABLE, "accept application/json or application/problem+json");
            case NoResourceFoundException ignored -> nothingHere();
            case ResponseStatusException status -> byStatus(status);
            default -> Refusal.of(ProblemType.INTERNAL, UNFORESEEN);
        };
    }

    private static Refusal notAllowed(MethodNotAllowedException fault) {
        var allowed = fault.getSupportedMethods().stream()
                .map(HttpMethod::name)
                .sorted()
                .collect(Collectors.joining(", "));
        return Refusal.of(
                ProblemType.METHOD_NOT_ALLOWED,
                fault.getHttpMethod() + " is not allowed here; allowed: " + allowed,
                fault.getHeaders());
    }

    private static Refusal nothingHere() {
        return Refusal.of(ProblemType.NOT_FOUND, "there is nothing at this path; see /v1/openapi.json");
    }

    private static Refusal byStatus(ResponseStatusException fault) {
        var reason = fault.getReason() == null ? fault.getStatusCode().toString() : fault.getReason();
        return switch (fault.getStatusCode().value()) {
            case 400, 422 -> Refusal.of(ProblemType.INVALID_REQUEST, reason);
            case 401 -> Refusal.of(ProblemType.UNAUTHENTICATED, reason);
            case 403 -> Refusal.of(ProblemType.FORBIDDEN, reason);
            case 404 -> fault.getReason() == null ? nothingHere() : Refusal.of(ProblemType.NOT_FOUND, reason);
            case 406 -> Refusal.of(ProblemType.NOT_ACCEPTABLE, reason);
            case 409 -> Refusal.of(ProblemType.STATE_CONFLICT, reason);
            case 410 -> Refusal.of(ProblemType.GONE, reason);
            case 412 -> Refusal.of(ProblemType.PRECONDITION_FAILED, reason);
            case 413 -> Refusal.of(ProblemType.PAYLOAD_TOO_LARGE, "the body is larger than this endpoint accepts");
            case 415 -> Refusal.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, reason);
            case 428 -> Refusal.of(ProblemType.PRECONDITION_REQUIRED, reason);
            case 429 -> Refusal.of(ProblemType.RATE_LIMITED, reason);
            case 502 -> Refusal.of(ProblemType.UPSTREAM_FAILED, "the service behind this path answered badly");
            case 503 -> Refusal.of(ProblemType.UNAVAILABLE, "the service behind this path is not available");
            case 504 -> Refusal.of(ProblemType.UPSTREAM_TIMEOUT, "the service behind this path did not answer in time");
            default -> Refusal.of(ProblemType.INTERNAL, UNFORESEEN);
        };
    }
}
