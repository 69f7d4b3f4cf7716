package io.spotplane.stack.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who was started.
 *
 * @param name of the part
 * @param pid process id, which the system may give to somebody else later
 * @param startedAt what tells the two apart
 * @param port loopback port of the part
 */
public record RunRecord(String name, long pid, Instant startedAt, int port) {

    /** The kernel counts from boot, and the time of boot moves a little when the clock is corrected. */
    private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

    static RunRecord of(String name, int port, ProcessHandle process) {
        return new RunRecord(name, process.pid(), process.info().startInstant().orElse(Instant.EPOCH), port);
    }

    /** The process, if it is still the one that was started and runs. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(Liveness::isRunning).filter(this::startedThen);
    }

    public boolean isAlive() {
        return process().isPresent();
    }

    private boolean startedThen(ProcessHandle process) {
        var difference =
                Duration.between(startedAt, process.info().startInstant().orElse(Instant.EPOCH));
        return difference.abs().compareTo(CLOCK_CORRECTION) <= 0;
    }
}
