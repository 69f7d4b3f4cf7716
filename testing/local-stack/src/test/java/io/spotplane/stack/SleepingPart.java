package io.spotplane.stack;

import io.spotplane.stack.process.Command;
import io.spotplane.stack.process.Part;
import java.time.Duration;
import java.util.List;

/** A real process that does nothing; {@code script} is what its shell runs. */
public record SleepingPart(String name, String script, boolean becomesReady) implements Part {

    public static SleepingPart called(String name) {
        return new SleepingPart(name, "exec sleep 300", true);
    }

    /** Ends by itself after saying why. */
    public static SleepingPart dying(String name, String lastWords) {
        return new SleepingPart(name, "echo '" + lastWords + "'; exit 3", false);
    }

    public static SleepingPart neverReady(String name) {
        return new SleepingPart(name, "exec sleep 300", false);
    }

    @Override
    public int port() {
        return 1;
    }

    @Override
    public Command command() {
        return Command.of(List.of("bash", "-c", script));
    }

    @Override
    public boolean isReady() {
        return becomesReady;
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(2);
    }
}
