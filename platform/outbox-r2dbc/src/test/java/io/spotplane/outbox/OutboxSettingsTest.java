package io.spotplane.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OutboxSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new OutboxSettings(
                        Duration.ofSeconds(10),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(5),
                        500,
                        16,
                        Duration.ofDays(14)));
    }

    @ParameterizedTest
    @CsvSource({
        "lease, 0s",
        "poll-interval, -1s",
        "max-backoff, 0s",
        "batch-size, 0",
        "batch-size, 10001",
        "shards-per-round, 65",
        "keep-applied, 0d"
    })
    void refuses(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("spotplane.outbox." + name, value)))
                .rootCause()
                .hasMessageContaining("spotplane.outbox." + name);
    }

    private static OutboxSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("spotplane.outbox", OutboxSettings.class);
    }
}
