package io.spotplane.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EdgeDefaultsTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void stopsGracefullyAndShowsOnlyHealthAndMetrics() {
        // When
        apply();
        // Then
        assertThat(environment.getProperty("server.shutdown")).isEqualTo("graceful");
        assertThat(environment.getProperty("management.endpoints.web.exposure.include"))
                .isEqualTo("health,prometheus");
        assertThat(environment.getProperty("management.endpoints.access.default"))
                .isEqualTo("none");
    }

    @Test
    void givesWayToAnyOtherSource() {
        // Given
        set(Map.of("server.shutdown", "immediate"));
        // When
        apply();
        // Then
        assertThat(environment.getProperty("server.shutdown")).isEqualTo("immediate");
    }

    @Test
    void sendsTracesNowhereUnlessToldWhere() {
        // When
        apply();
        // Then
        assertThat(environment.getProperty("management.opentelemetry.tracing.export.otlp.endpoint"))
                .isNull();
    }

    @Test
    void sendsTracesWhereItIsTold() {
        // Given
        set(Map.of("spotplane.tracing.endpoint", "http://collector:4318/v1/traces"));
        // When
        apply();
        // Then
        assertThat(environment.getProperty("management.opentelemetry.tracing.export.otlp.endpoint"))
                .isEqualTo("http://collector:4318/v1/traces");
    }

    @Test
    void answersToRepeatsAreNeverKeptLessThanADay() {
        assertThatThrownBy(() -> new WebEdgeSettings.Idempotency(
                        Duration.ofHours(23), Duration.ofSeconds(1), Duration.ofMinutes(1)))
                .hasMessageContaining("at least 24 hours");
    }

    @Test
    void anOperatorMayDoWhatAViewerMayAndSpend() {
        assertThat(Role.OPERATOR.permissions())
                .containsAll(Role.VIEWER.permissions())
                .contains(Permission.REQUESTS_WRITE);
        assertThat(Role.VIEWER.permissions()).doesNotContain(Permission.REQUESTS_WRITE, Permission.HOSTS_READ);
        assertThat(Role.named("emperor")).isEmpty();
    }

    private void set(Map<String, Object> values) {
        environment.getPropertySources().addFirst(new MapPropertySource("test", values));
    }

    private void apply() {
        new EdgeDefaults().postProcessEnvironment(environment, new SpringApplication());
    }
}
