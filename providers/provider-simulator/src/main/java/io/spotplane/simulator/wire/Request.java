package io.spotplane.simulator.wire;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, read to its end.
 *
 * @param headers header values by lower-case name
 * @param body    the text of the body, empty when there was none
 */
public record Request(String method, URI uri, Map<String, List<String>> headers, String body) {

    public String path() {
        return uri.getPath();
    }

    /** The path below a prefix, without a slash at either end: {@code "servers/detail"}. */
    public String pathBelow(String prefix) {
        return path().substring(prefix.length()).replaceAll("^/+|/+$", "");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(List::getFirst);
    }

    /** Scheme and authority by which the caller reached this server, for links in answers. */
    public String origin() {
        return "http://" + header("Host").orElse("127.0.0.1");
    }

    public Map<String, List<String>> query() {
        return decode(Optional.ofNullable(uri.getRawQuery()).orElse(""));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query().get(name)).map(List::getFirst);
    }

    public Map<String, List<String>> form() {
        return decode(body);
    }

    private static Map<String, List<String>> decode(String encoded) {
        var values = new LinkedHashMap<String, List<String>>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                values.computeIfAbsent(text(equals < 0 ? pair : pair.substring(0, equals)), _ -> new ArrayList<>())
                        .add(equals < 0 ? "" : text(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String text(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
