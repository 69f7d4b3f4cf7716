package io.spotplane.providers.netbox;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Redaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What NetBox's refusals mean; the only place that knows its codes. A missing token is 403, not 401. */
final class NetBoxFaults {

    private static final String OPERATION = "netbox.devices";

    private final String source;
    private final JsonMapper json;
    private final InstantSource clock;
    private final Redaction redaction;

    NetBoxFaults(NetBoxSettings settings, JsonMapper json, InstantSource clock) {
        this.source = settings.source();
        this.json = json;
        this.clock = clock;
        this.redaction = Redaction.of(settings.token());
    }

    /** The answer, or its fault when it is none of success. */
    Mono<HttpAnswer> unlessRefused(HttpAnswer answer) {
        return answer.isSuccess() ? Mono.just(answer) : Mono.error(() -> refused(answer));
    }

    /** A fault for whatever went wrong; what is one already stays as it is. */
    ProviderFault toFault(Throwable failure) {
        return switch (failure) {
            case ProviderFault fault -> fault;
            case TimeoutException timeout -> fault(Refusal.TRANSIENT, "no answer in time", null, timeout);
            // The parser's own message quotes the body, and that may be anything.
            case JacksonException notJson ->
                fault(Refusal.TRANSIENT, "the answer is not the JSON that was expected", null, null);
            default -> fault(Refusal.TRANSIENT, String.valueOf(failure.getMessage()), null, failure);
        };
    }

    /** The next page is somewhere else: whoever can edit NetBox's answers must not choose where our token goes. */
    ProviderFault strayPage(String next) {
        return fault(Refusal.INVALID, "the next page is not at the configured address: " + next, null, null);
    }

    /** The next page is one that was read already. */
    ProviderFault circle(String next) {
        return fault(Refusal.INVALID, "paging goes in circles at " + next, null, null);
    }

    private ProviderFault refused(HttpAnswer answer) {
        var wait = answer.retryAfter(clock.instant());
        return fault(
                refusal(answer.status(), wait != null),
                "HTTP " + answer.status() + " " + detail(answer.body()),
                wait,
                null);
    }

    private static Refusal refusal(int status, boolean saysWhen) {
        return switch (status) {
            case 401, 403 -> Refusal.AUTH;
            case 404 -> Refusal.GONE;
            case 429 -> Refusal.THROTTLED;
            case 503 -> saysWhen ? Refusal.THROTTLED : Refusal.TRANSIENT;
            default -> status >= 500 || status < 400 ? Refusal.TRANSIENT : Refusal.INVALID;
        };
    }

    private String detail(String body) {
        try {
            return json.readTree(body).path("detail").asString("");
        } catch (JacksonException notJson) {
            return "";
        }
    }

    private ProviderFault fault(
            Refusal refusal, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        return new ProviderFault(source, OPERATION, refusal, redaction.clean(message), retryAfter, cause);
    }
}
