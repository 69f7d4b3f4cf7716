package io.spotplane.simulator.behaviour;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One misbehaviour, switched on for the calls it matches.
 *
 * @param operation the provider's own operation name, or {@code *}
 * @param match     wanted attribute values; a name that ends in {@code Contains} looks for a part of the value
 * @param delay     for {@link Behaviour#DELAY} and {@link Behaviour#ACT_AND_DELAY}
 * @param refusal   for {@link Behaviour#ERROR}; for {@link Behaviour#HTML} its status, if another than 200 is wanted
 * @param times     how many calls it spoils before it is used up; null = all
 */
public record Rule(
        Provider provider,
        String operation,
        Map<String, String> match,
        Behaviour behaviour,
        Duration delay,
        @Nullable Refusal refusal,
        @Nullable Integer times) {

    private static final String PART = "Contains";
    private static final Set<String> ATTRIBUTES = Set.of(
            "instanceType",
            "region",
            "zone",
            "gpu",
            "gpuName",
            "host",
            "cloud",
            "capacityType",
            "clientToken",
            "name",
            "instanceId",
            "site");

    public Rule {
        match = Map.copyOf(match);
        match.keySet().forEach(Rule::requireKnown);
        if (operation.isBlank()) {
            throw new IllegalArgumentException("operation is empty, expected a name or *");
        }
        if (behaviour == Behaviour.ERROR && refusal == null) {
            throw new IllegalArgumentException("ERROR needs status, code and message");
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay " + delay + " is negative");
        }
        if (times != null && times < 1) {
            throw new IllegalArgumentException("times " + times + " is not positive");
        }
    }

    public static Rule of(Provider provider, String operation, Behaviour behaviour) {
        var refusal = behaviour == Behaviour.ERROR
                ? new Refusal(500, "InternalError", "An internal error has occurred")
                : null;
        return new Rule(provider, operation, Map.of(), behaviour, Duration.ZERO, refusal, null);
    }

    public Rule when(String attribute, String value) {
        var more = new HashMap<>(match);
        more.put(attribute, value);
        return new Rule(provider, operation, more, behaviour, delay, refusal, times);
    }

    public Rule delayed(Duration by) {
        return new Rule(provider, operation, match, behaviour, by, refusal, times);
    }

    public Rule refusing(int status, String code, String message) {
        return new Rule(provider, operation, match, behaviour, delay, new Refusal(status, code, message), times);
    }

    public Rule times(int calls) {
        return new Rule(provider, operation, match, behaviour, delay, refusal, calls);
    }

    boolean matches(Call call) {
        return provider == call.provider()
                && (operation.equals("*") || call.operations().contains(operation))
                && matches(call.attributes());
    }

    private boolean matches(Map<String, String> attributes) {
        return match.entrySet().stream().allMatch(wanted -> matches(wanted.getKey(), wanted.getValue(), attributes));
    }

    private static boolean matches(String name, String wanted, Map<String, String> attributes) {
        return name.endsWith(PART)
                ? attributes.getOrDefault(attributeOf(name), "").contains(wanted)
                : wanted.equals(attributes.get(name));
    }

    private static String attributeOf(String name) {
        return name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name;
    }

    private static void requireKnown(String name) {
        if (!ATTRIBUTES.contains(attributeOf(name))) {
            throw new IllegalArgumentException("cannot match on '%s', expected one of %s, each also with '%s'"
                    .formatted(name, ATTRIBUTES.stream().sorted().toList(), PART));
        }
    }
}
