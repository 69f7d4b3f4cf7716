package io.spotplane.stack;

import io.spotplane.stack.process.Part;
import io.spotplane.stack.process.Processes;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** All or nothing: every part becomes ready, or none is left running. */
final class Startup {

    private final Processes processes;
    private final Progress progress;

    Startup(Processes processes, Progress progress) {
        this.processes = processes;
        this.progress = progress;
    }

    /** The hook is there before the first process is: one that starts a moment earlier would be an orphan after a Ctrl-C. */
    void run(List<List<Part>> waves) throws InterruptedException {
        var undo = new Thread(() -> undo(waves), "undo-start");
        Runtime.getRuntime().addShutdownHook(undo);
        try {
            for (var wave : waves) {
                start(wave);
            }
        } catch (InterruptedException | RuntimeException e) {
            undo(waves);
            throw e;
        } finally {
            forget(undo);
        }
    }

    /** Platform threads: virtual ones can pin both carriers of a small machine while classes are loaded. */
    private void start(List<Part> wave) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(wave.size());
        try {
            var starts = new ExecutorCompletionService<Part>(threads);
            wave.forEach(part -> starts.submit(starting(part)));
            for (var ignored : wave) {
                starts.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Part> starting(Part part) {
        return () -> {
            progress.ready(part, processes.start(part));
            return part;
        };
    }

    private void undo(List<List<Part>> waves) {
        processes.startNoMore();
        new Shutdown(processes, Progress.SILENT).run(waves);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The JVM is ending and the hook at work; there is nothing to forget.
        }
    }
}
