package io.spotplane.stack;

import io.spotplane.stack.process.Part;
import io.spotplane.stack.process.Processes;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stops wave by wave, last started first, the parts of a wave at the same time. */
final class Shutdown {

    private final Processes processes;
    private final Progress progress;

    Shutdown(Processes processes, Progress progress) {
        this.processes = processes;
        this.progress = progress;
    }

    void run(List<List<Part>> waves) {
        waves.reversed().forEach(this::stop);
    }

    private void stop(List<Part> wave) {
        CompletableFuture.allOf(wave.stream().map(this::stopping).toArray(CompletableFuture[]::new))
                .join();
    }

    private CompletableFuture<Void> stopping(Part part) {
        return CompletableFuture.runAsync(
                () -> stop(part),
                task -> Thread.ofPlatform().name("stop-" + part.name()).start(task));
    }

    private void stop(Part part) {
        var ran = processes.find(part).isPresent();
        processes.stop(part);
        if (ran) {
            progress.stopped(part);
        }
    }
}
