package io.spotplane.benchmarks.serving;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the processors of this machine did, by process. */
record ProcessorTime(Map<Long, Used> byProcess) {

    private record Used(String program, Duration time) {}

    static ProcessorTime now() {
        return new ProcessorTime(ProcessHandle.allProcesses()
                .filter(process -> process.info().command().isPresent())
                .collect(Collectors.toMap(ProcessHandle::pid, ProcessorTime::used)));
    }

    private static Used used(ProcessHandle process) {
        var command = process.info().command().orElseThrow();
        return new Used(
                Path.of(command).getFileName().toString(),
                process.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    /** Seconds from then to now by program, of the processes that are in both; {@code service} has a name of its own, and so has this process. */
    Map<String, Double> secondsUntil(ProcessorTime later, long service) {
        var seconds = new TreeMap<String, Double>();
        later.byProcess.forEach((pid, used) -> {
            var before = byProcess.get(pid);
            if (before != null) {
                var name = pid == service
                        ? "the service"
                        : pid == ProcessHandle.current().pid() ? "this benchmark, Kafka in it" : used.program;
                seconds.merge(name, used.time.minus(before.time).toMillis() / 1000.0, Double::sum);
            }
        });
        return seconds;
    }
}
