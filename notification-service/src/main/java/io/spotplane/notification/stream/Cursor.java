package io.spotplane.notification.stream;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/**
 * A place in a tenant's log, as clients see it: opaque.
 *
 * @param position of the last event that was seen; 0 before the first
 */
record Cursor(long position) {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + Long.BYTES;

    /** As it stands in {@code id:}. */
    String text() {
        var bytes = ByteBuffer.allocate(BYTES).put(VERSION).putLong(position);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws ProblemException 400 when {@code text} is no cursor of ours */
    static Cursor read(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES || bytes.get() != VERSION) {
                throw new IllegalArgumentException("another form");
            }
            return new Cursor(bytes.getLong());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(List.of(new Problem.FieldError(
                    "header:Last-Event-ID", "INVALID_VALUE", "is not an id that this stream gave out")));
        }
    }
}
