package io.spotplane.pricing.trace;

import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the form of the public spot traces: <code>{"metadata":{"gap_seconds":195},"data":[1,1,0]}</code>, machines at each tick. Other fields are
 * ignored: the traces carry more than anybody needs.
 */
public final class TraceJson {

    /** Longest gap that still says anything about a spot market. */
    private static final int MAX_GAP_SECONDS = 86_400;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private TraceJson() {}

    /**
     * The trace in {@code json}.
     *
     * @param name whose trace it is
     * @throws IllegalArgumentException when it is not one; the message says where and what was expected
     */
    public static AvailabilityTrace read(String name, byte[] json) {
        var root = tree(json);
        return new AvailabilityTrace(name, gap(root.at("/metadata/gap_seconds")), samples(root.path("data")));
    }

    private static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException("it is not JSON: " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    private static Duration gap(JsonNode seconds) {
        if (!seconds.isNumber()
                || !(seconds.doubleValue() > 0)
                || seconds.doubleValue() > MAX_GAP_SECONDS
                || Math.round(seconds.doubleValue() * 1000) == 0) {
            throw new IllegalArgumentException("metadata.gap_seconds is " + shown(seconds)
                    + ", expected a number of seconds above 0, at most " + MAX_GAP_SECONDS);
        }
        return Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
    }

    private static int[] samples(JsonNode data) {
        if (!data.isArray() || data.isEmpty()) {
            throw new IllegalArgumentException("data is " + shown(data) + ", expected a list of machine counts");
        }
        var nodes = new int[data.size()];
        for (int at = 0; at < nodes.length; at++) {
            nodes[at] = count(data.get(at), at);
        }
        return nodes;
    }

    private static int count(JsonNode sample, int at) {
        if (!sample.isIntegralNumber() || !sample.canConvertToInt() || sample.intValue() < 0) {
            throw new IllegalArgumentException(
                    "data[" + at + "] is " + shown(sample) + ", expected a whole number of machines, 0 or more");
        }
        return sample.intValue();
    }

    private static String shown(JsonNode node) {
        if (node.isMissingNode()) {
            return "missing";
        }
        var text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
