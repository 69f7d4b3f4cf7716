package io.spotplane.providers.openstack;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Redaction;
import io.spotplane.providers.support.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What OpenStack's refusals mean; the only place that knows its codes. OpenStack has no codes in bodies beside the HTTP status
 * ({@code {"conflictingRequest":{"code":409,"message":…}}}), so the status decides.
 */
final class OpenStackFaults {

    private final String source;
    private final JsonMapper json;
    private final InstantSource clock;
    private final Redaction redaction;

    OpenStackFaults(OpenStackSettings settings, JsonMapper json, InstantSource clock) {
        this.source = settings.source();
        this.json = json;
        this.clock = clock;
        this.redaction = Redaction.of(Stream.of(settings.password(), settings.applicationCredentialSecret())
                .filter(Objects::nonNull)
                .toArray(Secret[]::new));
    }

    /** The answer, or its fault when it is none of success. */
    Mono<HttpAnswer> unlessRefused(String operation, HttpAnswer answer) {
        return answer.isSuccess() ? Mono.just(answer) : Mono.error(() -> refused(operation, answer));
    }

    /** A fault for whatever went wrong; what is one already stays as it is. */
    ProviderFault toFault(String operation, Throwable failure) {
        return switch (failure) {
            case ProviderFault fault -> fault;
            case TimeoutException timeout -> fault(operation, Refusal.TRANSIENT, "no answer in time", null, timeout);
            // The parser's own message quotes the body, and that may be anything.
            case JacksonException notJson ->
                fault(operation, Refusal.TRANSIENT, "the answer is not the JSON that was expected", null, null);
            default -> fault(operation, Refusal.TRANSIENT, String.valueOf(failure.getMessage()), null, failure);
        };
    }

    private ProviderFault refused(String operation, HttpAnswer answer) {
        var wait = answer.retryAfter(clock.instant());
        var message = "HTTP " + answer.status() + " " + message(answer.body());
        return fault(operation, refusal(answer.status(), wait != null), message, wait, null);
    }

    private static Refusal refusal(int status, boolean saysWhen) {
        return switch (status) {
            case 401, 403 -> Refusal.AUTH;
            case 404, 410 -> Refusal.GONE;
            case 413, 429 -> Refusal.THROTTLED;
            case 503 -> saysWhen ? Refusal.THROTTLED : Refusal.TRANSIENT;
            case 409 -> Refusal.TRANSIENT;
            default -> status >= 500 || status < 400 ? Refusal.TRANSIENT : Refusal.INVALID;
        };
    }

    /** The message of {@code {"<any>":{"message":…}}}; nothing for a body of another form, such as a proxy's page. */
    private String message(String body) {
        try {
            return Optional.ofNullable(json.readTree(body))
                    .flatMap(tree -> tree.values().stream().findFirst())
                    .map(first -> first.path("message"))
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .orElse("");
        } catch (JacksonException notJson) {
            return "";
        }
    }

    private ProviderFault fault(
            String operation,
            Refusal refusal,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        return new ProviderFault(source, operation, refusal, redaction.clean(message), retryAfter, cause);
    }
}
