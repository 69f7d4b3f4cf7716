package io.spotplane.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * The answer to an idempotent write, in the form that is stored.
 *
 * @param status HTTP status
 * @param location where the result is; null for none
 * @param json the body as JSON
 * @param replayed whether this is the stored answer of an earlier call
 */
public record WriteAnswer(int status, @Nullable URI location, String json, boolean replayed) {

    /** As a response, with {@code Idempotency-Replayed} when it is a repeat. */
    public ResponseEntity<byte[]> toResponse() {
        var response = ResponseEntity.status(status).header("Content-Type", "application/json");
        if (location != null) {
            response.location(location);
        }
        if (replayed) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.body(json.getBytes(StandardCharsets.UTF_8));
    }
}
