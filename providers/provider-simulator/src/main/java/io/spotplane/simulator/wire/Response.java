package io.spotplane.simulator.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer. The body is empty for statuses that carry none.
 *
 * @param charset how the body becomes bytes; binary content is carried in Latin-1, a character for each byte
 */
public record Response(int status, Map<String, String> headers, String body, Charset charset) {

    public Response {
        headers = Map.copyOf(headers);
    }

    public static Response of(int status, String contentType, String body) {
        return new Response(status, Map.of("Content-Type", contentType), body, StandardCharsets.UTF_8);
    }

    public static Response binary(int status, String contentType, byte[] body) {
        var letters = new String(body, StandardCharsets.ISO_8859_1);
        return new Response(status, Map.of("Content-Type", contentType), letters, StandardCharsets.ISO_8859_1);
    }

    public static Response json(int status, Object value) {
        return of(status, "application/json", Json.write(value));
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), "", StandardCharsets.UTF_8);
    }

    public Response with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Response(status, all, body, charset);
    }
}
