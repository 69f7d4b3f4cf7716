package io.spotplane.stack;

import io.spotplane.stack.process.ResidentMemory;
import java.util.OptionalLong;

/**
 * One line of {@code ./spotplane status}.
 *
 * @param name of the part
 * @param address as people write it
 * @param pid empty when it does not run
 * @param health what it looks like now
 * @param memory what it holds, with its child processes
 */
public record PartStatus(String name, String address, OptionalLong pid, Health health, ResidentMemory memory) {

    /** Of one part. */
    public enum Health {
        /** Does its work. */
        READY,
        /** Runs, but does not answer as it should. */
        NOT_READY,
        /** Was started, not stopped, and is gone. */
        DEAD,
        /** Was not started, or was stopped. */
        STOPPED
    }
}
