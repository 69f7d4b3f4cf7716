package io.spotplane.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class InventorySettingsTest {

    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();
    private final Map<String, String> given = new HashMap<>();

    @Test
    void asksFiftyHostsAtATimeUnlessToldOtherwise() {
        // When
        var settings = bind();
        // Then
        assertThat(settings.servers().concurrency()).isEqualTo(50);
        assertThat(settings.servers().callTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.hypervisors().every()).isEqualTo(Duration.ofSeconds(15));
        assertThat(validator.validate(settings)).isEmpty();
    }

    @Test
    void callsASourceStaleAfterTwoIntervalsAndATimeout() {
        // Given
        given.put("devices.every", "30m");
        given.put("devices.timeout", "1m");
        // When
        var stale = bind().devices().staleAfter();
        // Then
        assertThat(stale).isEqualTo(Duration.ofMinutes(61));
    }

    @Test
    void knowsHowManyGpusAHostHasByItsModelOrFamily() {
        // Given
        given.put("gpus.by-model.A4000", "10");
        given.put("gpus.by-model.H100", "4");
        given.put("gpus.by-model.[H100-PCIe]", "2");
        // When
        var gpus = bind().gpus();
        // Then
        assertThat(gpus.of("A4000")).isEqualTo(10);
        assertThat(gpus.of("H100-SXM")).isEqualTo(4);
        assertThat(gpus.of("H100-PCIe")).isEqualTo(2);
        assertThat(gpus.of("L40")).isEqualTo(8);
    }

    @Test
    void refusesWhatWouldFloodOrStarveACloud() {
        assertRefused("servers.concurrency", "501");
        assertRefused("servers.concurrency", "0");
        assertRefused("servers.call-timeout", "1ms");
        assertRefused("hypervisors.every", "10ms");
        assertRefused("devices.timeout", "1h");
        assertRefused("gpus.by-default", "0");
    }

    private void assertRefused(String setting, String value) {
        given.clear();
        given.put(setting, value);
        assertThat(validator.validate(bind())).as(setting + "=" + value).hasSize(1);
    }

    private InventorySettings bind() {
        var properties = new HashMap<String, String>();
        given.forEach((name, value) -> properties.put("spotplane.inventory." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("spotplane.inventory", InventorySettings.class);
    }
}
