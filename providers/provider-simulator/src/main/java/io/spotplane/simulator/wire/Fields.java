package io.spotplane.simulator.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object written in the order in which it reads; a null value is written as null. */
public final class Fields {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    private Fields() {}

    public static Fields with(String name, @Nullable Object value) {
        return new Fields().and(name, value);
    }

    public Fields and(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    public Fields andIf(boolean present, String name, @Nullable Object value) {
        return present ? and(name, value) : this;
    }

    @JsonValue
    public Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
