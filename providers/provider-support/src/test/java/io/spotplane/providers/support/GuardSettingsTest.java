package io.spotplane.providers.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GuardSettingsTest {

    @Test
    void hasDefaultsForEverything() {
        assertThat(bound(Map.of("spotplane.providers.guard.concurrent-calls", "16")))
                .isEqualTo(GuardSettings.defaults());
    }

    @Test
    void refusesABreakerThatCouldNeverOpen() {
        assertThatThrownBy(() -> bound(Map.of("spotplane.providers.guard.breaker-percent", "0")))
                .rootCause()
                .hasMessage("spotplane.providers.guard.breaker-percent is 0, expected 1 to 100");
    }

    @Test
    void refusesAWaitThatIsNone() {
        assertThatThrownBy(() -> bound(Map.of("spotplane.providers.guard.longest-wait", "0s")))
                .rootCause()
                .hasMessageContaining("longest-wait is PT0S");
    }

    private static GuardSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("spotplane.providers.guard", GuardSettings.class)
                .get();
    }
}
