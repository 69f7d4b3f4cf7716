package io.spotplane.providers.openstack;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A list to read from Nova.
 *
 * @param operation how it is called in measures and messages
 * @param path below the endpoint
 * @param parameters query parameters, plain
 */
record NovaQuery(String operation, String path, Map<String, String> parameters) {

    static NovaQuery list(String operation, String path) {
        return new NovaQuery(operation, path, Map.of());
    }

    NovaQuery with(String name, String value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new NovaQuery(operation, path, more);
    }

    /** The next page, after the item with id {@code marker}. */
    NovaQuery after(String marker) {
        return with("marker", marker);
    }

    URI on(UriComponentsBuilder endpoint) {
        endpoint.path(path);
        parameters.keySet().forEach(name -> endpoint.queryParam(name, "{" + name + "}"));
        return endpoint.encode().buildAndExpand(parameters).toUri();
    }
}
