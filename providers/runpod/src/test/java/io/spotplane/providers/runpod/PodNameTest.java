package io.spotplane.providers.runpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.providers.spi.LaunchToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodNameTest {

    private static final LaunchToken TOKEN = new LaunchToken("sp-abcdefghijklmnopqrstuvwx");

    @Test
    void carriesOwnerTokenAndCapacityThereAndBack() {
        // Given
        var spot = new PodName("plane-1", TOKEN, true);
        var onDemand = new PodName("plane-1", TOKEN, false);
        // Then
        assertThat(spot).hasToString("plane-1--sp-abcdefghijklmnopqrstuvwx--spot");
        assertThat(onDemand).hasToString("plane-1--sp-abcdefghijklmnopqrstuvwx");
        assertThat(PodName.read(spot.toString(), "plane-1")).contains(spot);
        assertThat(PodName.read(onDemand.toString(), "plane-1")).contains(onDemand);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plane-1",
                "plane-1--",
                "plane-1--my-notebook",
                "plane-1--sp-short",
                "plane-12--sp-abcdefghijklmnopqrstuvwx",
                "plane-1--more--sp-abcdefghijklmnopqrstuvwx",
                "my-plane-1--sp-abcdefghijklmnopqrstuvwx"
            })
    void leavesOthersPodsAlone(String name) {
        assertThat(PodName.read(name, "plane-1")).isEmpty();
    }
}
