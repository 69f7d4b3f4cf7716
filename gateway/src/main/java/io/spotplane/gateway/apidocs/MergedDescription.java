package io.spotplane.gateway.apidocs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts descriptions of services into one. Paths under {@code /v1} are taken as they are; a component or an operation id that two
 * services use for different things gets the service's name in front, and the references to it follow.
 */
final class MergedDescription {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String OWN_PATHS = "/v1/";
    private static final String REFERENCE = "#/components/";

    private final ObjectNode paths = JSON.objectNode();
    private final Map<String, ObjectNode> components = new TreeMap<>();
    private final Set<String> operationIds = new HashSet<>();

    /** The whole description; {@code missing} names services that did not tell theirs. */
    static ObjectNode of(Map<String, JsonNode> byService, List<String> missing) {
        var merged = new MergedDescription();
        byService.forEach(merged::add);
        return merged.whole(missing);
    }

    private void add(String service, JsonNode description) {
        var renamed = renamings(service, description.path("components"));
        description
                .path("components")
                .properties()
                .forEach(section -> addComponents(section.getKey(), section.getValue(), renamed));
        description.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith(OWN_PATHS))
                .forEach(path -> addPath(service, path.getKey(), rewritten(path.getValue(), renamed)));
    }

    /** From the old reference to the new name, for components that another service uses for something else. */
    private Map<String, String> renamings(String service, JsonNode sections) {
        Map<String, String> renamed = new HashMap<>();
        sections.properties()
                .forEach(section -> section.getValue().properties().forEach(component -> {
                    if (clashes(section.getKey(), component.getKey(), component.getValue())) {
                        renamed.put(
                                REFERENCE + section.getKey() + "/" + component.getKey(),
                                service + "." + component.getKey());
                    }
                }));
        return renamed;
    }

    private boolean clashes(String section, String name, JsonNode component) {
        var known = components.getOrDefault(section, JSON.objectNode()).get(name);
        return known != null && !known.equals(component);
    }

    private void addComponents(String section, JsonNode added, Map<String, String> renamed) {
        var target = components.computeIfAbsent(section, name -> JSON.objectNode());
        added.properties()
                .forEach(component -> target.set(
                        renamed.getOrDefault(REFERENCE + section + "/" + component.getKey(), component.getKey()),
                        rewritten(component.getValue(), renamed)));
    }

    private void addPath(String service, String path, JsonNode item) {
        var target = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
        item.properties().forEach(operation -> target.set(operation.getKey(), named(service, operation.getValue())));
    }

    private JsonNode named(String service, JsonNode operation) {
        var id = operation.path("operationId").asString("");
        if (!id.isEmpty() && !operationIds.add(id) && operation instanceof ObjectNode named) {
            return named.deepCopy().put("operationId", service + "_" + id);
        }
        return operation;
    }

    private static JsonNode rewritten(JsonNode node, Map<String, String> renamed) {
        return renamed.isEmpty() ? node : copy(node, reference -> reference(reference, renamed));
    }

    private static String reference(String reference, Map<String, String> renamed) {
        var name = renamed.get(reference);
        return name == null ? reference : reference.substring(0, reference.lastIndexOf('/') + 1) + name;
    }

    private static JsonNode copy(JsonNode node, Function<String, String> reference) {
        if (node.isArray()) {
            var array = JSON.arrayNode();
            node.forEach(element -> array.add(copy(element, reference)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        var object = JSON.objectNode();
        node.properties()
                .forEach(field -> object.set(
                        field.getKey(),
                        field.getKey().equals("$ref") && field.getValue().isString()
                                ? JSON.stringNode(
                                        reference.apply(field.getValue().stringValue()))
                                : copy(field.getValue(), reference)));
        return object;
    }

    private ObjectNode whole(List<String> missing) {
        var whole = JSON.objectNode().put("openapi", "3.1.0");
        whole.set("info", info(missing));
        whole.putArray("servers").addObject().put("url", "/");
        whole.putArray("security").addObject().putArray("bearer");
        whole.set("paths", sorted(paths));
        var all = whole.putObject("components");
        components.forEach((section, members) -> all.set(section, sorted(members)));
        all.withObject("/securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        return whole;
    }

    private static ObjectNode info(List<String> missing) {
        var info = JSON.objectNode().put("title", "Spotplane").put("version", "v1");
        if (!missing.isEmpty()) {
            var names = info.putArray("x-missing-services");
            missing.forEach(names::add);
            info.put("description", "Incomplete: " + String.join(", ", missing) + " did not describe itself.");
        }
        return info;
    }

    private static ObjectNode sorted(ObjectNode node) {
        var sorted = JSON.objectNode();
        node.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> sorted.set(field.getKey(), field.getValue()));
        return sorted;
    }
}
