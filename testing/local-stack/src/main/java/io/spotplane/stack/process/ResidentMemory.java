package io.spotplane.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Memory that a process and its descendants hold, in KiB. Pages shared between processes count once in {@code proportional} and
 * as often as they are mapped in {@code resident}.
 */
public record ResidentMemory(long resident, long proportional) {

    /** Where the system does not tell, as on anything but Linux. */
    public static final ResidentMemory UNKNOWN = new ResidentMemory(0, 0);

    public static ResidentMemory of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(each -> read(Path.of("/proc", String.valueOf(each.pid()), "smaps_rollup")))
                .reduce(UNKNOWN, ResidentMemory::plus);
    }

    public ResidentMemory plus(ResidentMemory other) {
        return new ResidentMemory(resident + other.resident, proportional + other.proportional);
    }

    private static ResidentMemory read(Path rollup) {
        try (var lines = Files.lines(rollup)) {
            return parse(lines);
        } catch (IOException goneOrForbidden) {
            return UNKNOWN;
        }
    }

    static ResidentMemory parse(Stream<String> lines) {
        return lines.map(line -> {
                    if (line.startsWith("Rss:")) {
                        return new ResidentMemory(kibibytes(line), 0);
                    }
                    return line.startsWith("Pss:") ? new ResidentMemory(0, kibibytes(line)) : UNKNOWN;
                })
                .reduce(UNKNOWN, ResidentMemory::plus);
    }

    /** {@code Rss:  123456 kB}. */
    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
