package io.spotplane.simulator.ec2;

import io.spotplane.simulator.wire.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Query request's form: {@code Name.1}, {@code Filter.1.Value.2} and the like. */
final class Form {

    private final Map<String, List<String>> fields;

    Form(Request request) {
        this.fields = request.form();
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name)).map(List::getFirst);
    }

    String require(String name) {
        return get(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(
                        () -> Ec2Refusal.client("MissingParameter", "The request must contain the parameter " + name));
    }

    /** {@code name.1}, {@code name.2}, … */
    List<String> list(String name) {
        var values = new ArrayList<String>();
        for (int i = 1; fields.containsKey(name + "." + i); i++) {
            values.add(text(name + "." + i));
        }
        return values;
    }

    /** Filter name → values. */
    Map<String, List<String>> filters() {
        var filters = new LinkedHashMap<String, List<String>>();
        for (int i = 1; fields.containsKey("Filter." + i + ".Name"); i++) {
            filters.put(text("Filter." + i + ".Name"), list("Filter." + i + ".Value"));
        }
        return filters;
    }

    /** The instance's tags of all TagSpecifications. */
    Map<String, String> instanceTags() {
        var tags = new LinkedHashMap<String, String>();
        for (int i = 1; fields.containsKey("TagSpecification." + i + ".ResourceType"); i++) {
            if (text("TagSpecification." + i + ".ResourceType").equals("instance")) {
                tags.putAll(tags("TagSpecification." + i + ".Tag."));
            }
        }
        return tags;
    }

    private Map<String, String> tags(String prefix) {
        var tags = new LinkedHashMap<String, String>();
        for (int i = 1; fields.containsKey(prefix + i + ".Key"); i++) {
            tags.put(text(prefix + i + ".Key"), text(prefix + i + ".Value"));
        }
        return tags;
    }

    private String text(String name) {
        return get(name).orElse("");
    }
}
