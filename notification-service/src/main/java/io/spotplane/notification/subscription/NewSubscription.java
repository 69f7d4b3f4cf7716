package io.spotplane.notification.subscription;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.notification.stream.EventPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/subscriptions}, not yet believed.
 *
 * @param name at most 100 characters; optional
 * @param channel {@code WEBHOOK}
 * @param url where to
 * @param eventTypes types, or prefixes with {@code *}; null or empty for all
 * @param requestId only what is about this request; null for all
 */
record NewSubscription(
        @Nullable String name,
        @Nullable String channel,
        @Nullable String url,
        @Nullable List<@Nullable String> eventTypes,
        @Nullable String requestId) {

    private static final String WEBHOOK = "WEBHOOK";
    private static final int LONGEST_NAME = 100;
    private static final int MOST_TYPES = 50;

    /** Everything that is wrong with its form; whether the URL may be sent to is asked elsewhere. */
    List<FieldError> errors() {
        var errors = new ArrayList<FieldError>();
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            errors.add(new FieldError("/name", "OUT_OF_RANGE", "expected 1 to " + LONGEST_NAME + " characters"));
        }
        if (!WEBHOOK.equals(channel)) {
            errors.add(new FieldError("/channel", channel == null ? "REQUIRED" : "UNKNOWN_VALUE", "expected WEBHOOK"));
        }
        if (url == null) {
            errors.add(new FieldError("/url", "REQUIRED", "expected the URL that events are posted to"));
        }
        if (requestId != null && !isUuid(requestId)) {
            errors.add(new FieldError("/requestId", "INVALID_VALUE", "expected the UUID of a request"));
        }
        errors.addAll(typeErrors());
        return errors;
    }

    private List<FieldError> typeErrors() {
        var errors = new ArrayList<FieldError>();
        var types = eventTypes == null ? List.<@Nullable String>of() : eventTypes;
        if (types.size() > MOST_TYPES) {
            errors.add(new FieldError("/eventTypes", "OUT_OF_RANGE", "expected at most " + MOST_TYPES));
        }
        for (int i = 0; i < types.size(); i++) {
            var objection = objectionTo(types.get(i));
            if (objection != null) {
                errors.add(new FieldError("/eventTypes/" + i, "UNKNOWN_EVENT_TYPE", objection));
            }
        }
        return errors;
    }

    private static @Nullable String objectionTo(@Nullable String type) {
        try {
            new EventPattern(type == null ? "" : type);
            return null;
        } catch (IllegalArgumentException unknown) {
            return unknown.getMessage();
        }
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The wanted types, once there are no errors. */
    List<String> types() {
        return eventTypes == null
                ? List.of()
                : eventTypes.stream().map(String::valueOf).toList();
    }
}
