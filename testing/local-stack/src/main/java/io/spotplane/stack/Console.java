package io.spotplane.stack;

import io.spotplane.stack.process.Part;
import io.spotplane.stack.process.ResidentMemory;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Says what happens in one line each. */
final class Console implements Progress {

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void ready(Part part, Duration took) {
        out.printf("  ready    %-26s %5.1f s   %s%n", part.name(), seconds(took), part.address());
        out.flush();
    }

    @Override
    public synchronized void stopped(Part part) {
        out.printf("  stopped  %s%n", part.name());
        out.flush();
    }

    void say(String line) {
        out.println(line);
    }

    void status(List<PartStatus> parts) {
        out.printf("  %-26s %8s  %-10s %8s  %s%n", "process", "pid", "health", "RSS MiB", "address");
        parts.forEach(this::line);
        out.println("  " + memory(parts));
    }

    /** After {@code up}: where everything is and what to do next. */
    void welcome(StackAddresses at, List<PartStatus> parts, Duration took) {
        out.printf("%nAll ready in %.1f s. %s%n%n", seconds(took), memory(parts));
        out.printf("  %-22s %s%n", "public API", at.gateway());
        out.printf("  %-22s %s%n", "its description", at.gateway() + "/v1/openapi.json");
        out.printf("  %-22s %s%n", "token issuer", at.issuer());
        out.printf("  %-22s %s%n", "simulated clouds", at.simulator() + "/_control/ledger");
        parts.stream()
                .filter(part -> !part.address().startsWith("http"))
                .forEach(part -> out.printf("  %-22s %s%n", part.name(), part.address()));
        out.printf("%nA token:  TOKEN=$(./spotplane token --tenant demo --role operator)%n%nTry:%n");
        out.printf(
                "  curl -H \"Authorization: Bearer $TOKEN\" '%s/v1/offerings?gpu=L4&capacityType=SPOT&pageSize=3'%n",
                at.gateway());
        out.printf("  curl -N -H \"Authorization: Bearer $TOKEN\" %s/v1/events%n", at.gateway());
        out.printf("  ./spotplane demo%n%n");
    }

    private void line(PartStatus part) {
        out.printf(
                "  %-26s %8s  %-10s %8s  %s%n",
                part.name(),
                part.pid().isPresent() ? part.pid().getAsLong() : "-",
                part.health().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                part.pid().isPresent() ? mebibytes(part.memory().resident()) : "-",
                part.address());
    }

    private static String memory(List<PartStatus> parts) {
        var sum = parts.stream().map(PartStatus::memory).reduce(ResidentMemory.UNKNOWN, ResidentMemory::plus);
        return "Resident: %d MiB (%d MiB when shared pages count once)."
                .formatted(mebibytes(sum.resident()), mebibytes(sum.proportional()));
    }

    private static long mebibytes(long kibibytes) {
        return kibibytes / 1024;
    }

    private static double seconds(Duration took) {
        return took.toMillis() / 1000.0;
    }
}
