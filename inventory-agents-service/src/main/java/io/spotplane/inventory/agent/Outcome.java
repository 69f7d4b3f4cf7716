package io.spotplane.inventory.agent;

import java.util.Locale;

/** How a look ended. */
public sealed interface Outcome {

    /** The tag of metrics and the column of the run log: {@code believed}, {@code suspicious}, {@code failed}, {@code late}. */
    default String wireName() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Complete and believed; its snapshot is kept. {@code size} is what the next one is measured by. */
    record Believed(int size) implements Outcome {}

    /** Complete but too short to be true; the last good snapshot stays. */
    record Suspicious(String reason) implements Outcome {}

    /** No whole answer; the last good snapshot stays. */
    record Failed(String reason) implements Outcome {}

    /** The lease was lost to another replica meanwhile; what was seen is dropped. */
    record Late() implements Outcome {}
}
