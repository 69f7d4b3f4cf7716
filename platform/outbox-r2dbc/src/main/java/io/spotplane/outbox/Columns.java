package io.spotplane.outbox;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;

/** Columns that are never null. */
final class Columns {

    private Columns() {}

    static String text(Readable row, String name) {
        return Objects.requireNonNull(row.get(name, String.class), name);
    }

    static long number(Readable row, String name) {
        return Objects.requireNonNull(row.get(name, Long.class), name);
    }

    static Instant time(Readable row, String name) {
        return Objects.requireNonNull(row.get(name, Instant.class), name);
    }
}
