package io.spotplane.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many random lives. A failing seed is printed; {@code -Dspotplane.simulation.seed=…} lives through that one alone, and
 * {@code -Dspotplane.simulation.seeds=…} through more.
 */
class LifecycleSimulationTest {

    private static final long FIRST = Long.getLong("spotplane.simulation.seed", 1);
    private static final long SEEDS = Long.getLong(
            "spotplane.simulation.seeds", System.getProperty("spotplane.simulation.seed") == null ? 1_000 : 1);
    private static final long SEEDS_TO_FIND_A_BUG = 300;

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
