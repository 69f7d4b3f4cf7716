package io.spotplane.provisioning.request;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list begins: after the item made at {@code createdAt} with {@code id}, newest first. Opaque on the wire and bound to the
 * filter and tenant it was made for.
 */
record PageToken(Instant createdAt, UUID id) {

    /** Before everything. */
    static final PageToken START = new PageToken(
            Instant.parse("9999-01-01T00:00:00Z"), UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"));

    private static final String SEPARATOR = "|";

    String encode(Object... scope) {
        var plain = String.join(SEPARATOR, createdAt.toString(), id.toString(), mark(scope));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static PageToken decode(@Nullable String token, Object... scope) {
        if (token == null) {
            return START;
        }
        try {
            var plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            var parts = plain.split("\\|", -1);
            if (parts.length != 3 || !parts[2].equals(mark(scope))) {
                throw refused();
            }
            return new PageToken(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            throw refused();
        }
    }

    private static String mark(Object... scope) {
        return Integer.toHexString(Arrays.toString(scope).hashCode());
    }

    private static ProblemException refused() {
        return ProblemException.invalid(List.of(
                new FieldError("query:pageToken", "BAD_FORMAT", "expected nextPageToken of a page of the same list")));
    }
}
