package io.spotplane.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a process still runs. A process that ended stays in the table until its parent asks for its status; in a container
 * whose first process never asks, that is for ever, and {@link ProcessHandle#isAlive()} calls it alive.
 */
final class Liveness {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private Liveness() {}

    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /** Waits until the process has ended, at most {@code limit}; false if it still runs then, or the caller was interrupted. */
    static boolean endsWithin(ProcessHandle process, Duration limit) {
        var deadline = Instant.now().plus(limit);
        while (isRunning(process)) {
            if (Instant.now().isAfter(deadline) || Thread.currentThread().isInterrupted()) {
                return false;
            }
            pause();
        }
        return true;
    }

    /**
     * {@code /proc/<pid>/stat}: "pid (name) state …"; the name may contain anything, also parentheses. The first thread of a killed
     * process is a zombie while others still end, and until the last of them has, ports and files are not free.
     */
    private static boolean isZombie(long pid) {
        var process = Path.of("/proc", String.valueOf(pid));
        try (var threads = Files.list(process.resolve("task"))) {
            var stat = Files.readString(process.resolve("stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')')) && threads.count() <= 1;
        } catch (IOException | UncheckedIOException gone) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
