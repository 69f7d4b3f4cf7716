package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.stack.journey.Journey;
import io.spotplane.stack.journey.Narrator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneStack.class)
class JourneyE2E {

    @Test
    void theMainJobHappensFromTheFirstHostToTheLastCent(RunningStack stack) {
        // Given
        var journey = new Journey(stack.addresses(), Narrator.to(System.out));
        // When
        var took = journey.play();
        // Then
        assertThat(took).isLessThan(Duration.ofMinutes(4));
    }
}
