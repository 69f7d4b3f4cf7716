package io.spotplane.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts and stops parts so that they outlive this JVM, and remembers them on disk. */
public final class Processes {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    /** Services drain for up to 25 s, and a JVM that ends for the first time writes its class archive. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final RunRecords records;
    private final Path logs;
    private final Object starting = new Object();
    private boolean noMore;

    /**
     * @param records where processes are written down
     * @param logs directory of {@code <name>.log}
     */
    public Processes(RunRecords records, Path logs) {
        this.records = records;
        this.logs = logs;
    }

    public RunRecords records() {
        return records;
    }

    /**
     * Starts a part, writes it down and waits until it is ready.
     *
     * @return how long that took
     * @throws StartFailed if it ends, or is not ready in time; it is written down then, so that stopping finds it
     */
    public Duration start(Part part) throws InterruptedException {
        var begin = Instant.now();
        try {
            var process = launch(part);
            awaitReady(part, process, begin.plus(part.patience()));
            part.afterReady();
        } catch (InterruptedException | StartFailed e) {
            throw e;
        } catch (Exception e) {
            throw new StartFailed(part.name(), e.toString(), lastWords(part.name()));
        }
        return Duration.between(begin, Instant.now());
    }

    /** Asks the part to end, waits, and kills what did not listen. Nothing happens when it does not run. */
    public void stop(Part part) {
        records.find(part.name()).flatMap(RunRecord::process).ifPresent(process -> {
            request(part, process);
            if (!Liveness.endsWithin(process, GRACE)) {
                killTree(process);
            }
        });
        records.remove(part.name());
    }

    /** SIGKILL, without a word; as {@code kill -9} from outside would. It stays written down, as it would then. */
    public void kill(Part part) {
        records.find(part.name()).flatMap(RunRecord::process).ifPresent(Processes::killTree);
    }

    /** From now on nothing is started: whatever runs is written down, and stopping cannot miss any of it. */
    public void startNoMore() {
        synchronized (starting) {
            noMore = true;
        }
    }

    private boolean givenUp() {
        synchronized (starting) {
            return noMore;
        }
    }

    /** Whether a part does its work now. */
    public boolean isReady(Part part) {
        try {
            return ready(part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The process of a part, if it runs. */
    public Optional<ProcessHandle> find(Part part) {
        return records.find(part.name()).flatMap(RunRecord::process);
    }

    private ProcessHandle launch(Part part) throws IOException {
        var command = part.command();
        synchronized (starting) {
            if (noMore) {
                throw new StartFailed(part.name(), "starting was given up", List.of());
            }
            return launch(part, command);
        }
    }

    private ProcessHandle launch(Part part, Command command) throws IOException {
        var log = freshLog(part.name()).toFile();
        var builder = new ProcessBuilder(detached(command.words()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().clear();
        builder.environment().putAll(command.fullEnvironment(System.getenv()));
        var process = builder.start().toHandle();
        records.put(RunRecord.of(part.name(), part.port(), process));
        return process;
    }

    /** Each start has a log of its own; that of the start before is kept beside it. */
    private Path freshLog(String name) throws IOException {
        Files.createDirectories(logs);
        var log = log(name);
        if (Files.exists(log)) {
            Files.move(log, logs.resolve(name + ".log.previous"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }

    /** In a session of its own, so that a Ctrl-C or a closed terminal reaches only the command that started it. */
    private static List<String> detached(List<String> words) {
        var full = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            full.add("/usr/bin/setsid");
        }
        full.addAll(words);
        return full;
    }

    /** In this order: whoever answers on the port of a part that has ended is not the part. */
    private void awaitReady(Part part, ProcessHandle process, Instant deadline) throws InterruptedException {
        while (true) {
            check(!givenUp(), part, "starting was given up");
            check(Liveness.isRunning(process), part, "it ended by itself");
            if (ready(part)) {
                return;
            }
            check(
                    Instant.now().isBefore(deadline),
                    part,
                    "it was not ready within " + part.patience().toSeconds() + " s");
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private void check(boolean holds, Part part, String otherwise) {
        if (!holds) {
            throw new StartFailed(part.name(), otherwise, lastWords(part.name()));
        }
    }

    private static boolean ready(Part part) throws InterruptedException {
        try {
            return part.isReady();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception notYet) {
            return false;
        }
    }

    private static void request(Part part, ProcessHandle process) {
        try {
            part.requestStop(process);
        } catch (IOException e) {
            process.destroy();
        }
    }

    private static void killTree(ProcessHandle process) {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        Liveness.endsWithin(process, AFTER_KILL);
        children.forEach(child -> Liveness.endsWithin(child, AFTER_KILL));
    }

    /** The end of a part's log, without the frames of stack traces. */
    public List<String> lastWords(String name) {
        try {
            return LastWords.in(Files.readAllLines(log(name)));
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
