package io.spotplane.providers.rackspace;

import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Quoted;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the feed and the API write it: numbers may be strings, and strings numbers. */
final class Documents {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Documents() {}

    /** The body as an object; empty when it is none. */
    static Optional<JsonNode> object(HttpAnswer answer) {
        try {
            return Optional.of(JSON.readTree(answer.body())).filter(JsonNode::isObject);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** A price, in whatever type. */
    static Quoted price(JsonNode field) {
        return switch (field.getNodeType()) {
            case NUMBER -> Quoted.of(field.decimalValue());
            case STRING -> Quoted.of(field.stringValue());
            case MISSING, NULL -> new Quoted.Nothing();
            default -> new Quoted.Flawed(Quoted.Flaw.NOT_A_NUMBER);
        };
    }

    /** A word or a number as text; empty when it is neither. */
    static String text(JsonNode field) {
        return field.isValueNode() && !field.isNull() ? field.asString() : "";
    }

    /** A count; empty when there is none. */
    static Optional<Integer> count(JsonNode field) {
        return Optional.of(text(field)).filter(text -> text.matches("\\d{1,7}")).map(Integer::valueOf);
    }
}
