package io.spotplane.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Many random lives. A failing seed is printed; {@code -Dspotplane.simulation.seed=…} lives through that one alone, and
 * {@code -Dspotplane.simulation.seeds=…} through more.
 */
class LifecycleSimulationTest {

    private static final long FIRST = Long.getLong("spotplane.simulation.seed", 1);
    private static final long SEEDS = Long.getLong(
            "spotplane.simulation.seeds", System.getProperty("spotplane.simulation.seed") == null ? 1_000 : 1);
    private static final long SEEDS_TO_FIND_A_BUG = 300;

    private static final LoggingSystem LOGGING = LoggingSystem.get(LifecycleSimulationTest.class.getClassLoader());
    private static final List<String> LOUD = List.of(
            "reactor.core.Exceptions", "io.spotplane.provisioning.reconcile", "io.spotplane.provisioning.interruption");

    /** Hundreds of thousands of expected mishaps would take longer to write than to live through. */
    @BeforeAll
    static void beQuiet() {
        LOUD.forEach(name -> LOGGING.setLogLevel(name, LogLevel.OFF));
    }

    @AfterAll
    static void speakAgain() {
        LOUD.forEach(name -> LOGGING.setLogLevel(name, null));
    }

    @Test
    void noLifeBreaksAnInvariant() {
        LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> {
            try {
                new LifecycleSimulation(seed, Sabotage.NONE).run();
            } catch (AssertionError broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyPlantedBugIsFound(Sabotage sabotage) {
        var found = LongStream.range(1, SEEDS_TO_FIND_A_BUG)
                .filter(seed -> breaksWith(seed, sabotage))
                .findFirst();

        assertThat(found).as("seed that shows " + sabotage).isPresent();
    }

    private static boolean breaksWith(long seed, Sabotage sabotage) {
        try {
            new LifecycleSimulation(seed, sabotage).run();
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }
}
