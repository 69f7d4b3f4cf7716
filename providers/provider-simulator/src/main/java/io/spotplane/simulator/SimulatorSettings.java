package io.spotplane.simulator;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator is set up.
 *
 * @param port        TCP port on loopback; 0 takes a free one
 * @param seed        same seed, same world
 * @param hosts       size of the data centre
 * @param timing      how long machines take
 * @param credit      US dollars on the RunPod account
 * @param tokenLife   how long a Keystone token is good
 * @param books       directory in which machines are remembered over a restart; null forgets them
 */
public record SimulatorSettings(
        int port,
        long seed,
        int hosts,
        Timing timing,
        BigDecimal credit,
        Duration tokenLife,
        @Nullable Path books) {

    /** A free port, seed 1, 120 hosts, 100 dollars. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(0, 1, 120, Timing.DEFAULT, new BigDecimal("100"), Duration.ofHours(1), null);
    }

    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(newPort, seed, hosts, timing, credit, tokenLife, books);
    }

    public SimulatorSettings withBooks(Path newBooks) {
        return new SimulatorSettings(port, seed, hosts, timing, credit, tokenLife, newBooks);
    }

    public SimulatorSettings withHosts(int newHosts) {
        return new SimulatorSettings(port, seed, newHosts, timing, credit, tokenLife, books);
    }

    public SimulatorSettings withSeed(long newSeed) {
        return new SimulatorSettings(port, newSeed, hosts, timing, credit, tokenLife, books);
    }

    public SimulatorSettings withTiming(Timing newTiming) {
        return new SimulatorSettings(port, seed, hosts, newTiming, credit, tokenLife, books);
    }
}
