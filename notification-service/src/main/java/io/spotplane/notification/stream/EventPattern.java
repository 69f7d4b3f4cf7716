package io.spotplane.notification.stream;

import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which types of events are wanted: one type, or all that begin with what stands before a {@code *}.
 *
 * @param text such as {@code io.spotplane.provisioning.*}
 */
public record EventPattern(String text) {

    /** The topics whose events tenants can hear of. */
    public static final Set<String> HEARD =
            Set.of(Topics.REQUESTS, Topics.INSTANCES, Topics.INTERRUPTIONS, Topics.PRICE_ALERTS);

    /** @throws IllegalArgumentException when no event that a tenant can hear of would ever match */
    public EventPattern {
        var wanted = text;
        if (types().stream().noneMatch(type -> matches(wanted, type))) {
            throw new IllegalArgumentException("event type '" + text + "' matches nothing, expected one of "
                    + String.join(", ", types()) + ", or a prefix of them with * at its end");
        }
    }

    /** The texts of patterns in the form that the database's {@code matches_any} takes. */
    public static String[] texts(List<String> patterns) {
        return patterns.stream().map(EventPattern::new).map(EventPattern::text).toArray(String[]::new);
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }

    private static List<String> types() {
        return Arrays.stream(EventType.values())
                .filter(type -> HEARD.contains(type.topic()))
                .map(EventType::wireName)
                .toList();
    }
}
