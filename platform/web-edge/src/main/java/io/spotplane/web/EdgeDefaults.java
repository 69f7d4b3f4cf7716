package io.spotplane.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Settings that all services share, below everything else: an {@code application.yml}, an environment variable or a test
 * overrides each of them.
 */
final class EdgeDefaults implements EnvironmentPostProcessor {

    private static final String TRACING_ENDPOINT = "spotplane.tracing.endpoint";
    private static final String OTLP = "management.opentelemetry.tracing.export.otlp.endpoint";
    private static final String FILE = "spotplane-web-defaults.yml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            exportTracesIfTold(environment);
            new YamlPropertySourceLoader()
                    .load(FILE, new ClassPathResource(FILE))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException fault) {
            throw new UncheckedIOException("The defaults of the web edge cannot be read: " + FILE, fault);
        }
    }

    /** One short setting for all services; without it traces are made but sent nowhere. */
    private static void exportTracesIfTold(ConfigurableEnvironment environment) {
        var endpoint = environment.getProperty(TRACING_ENDPOINT);
        if (endpoint != null && !endpoint.isBlank()) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("spotplane tracing", Map.of(OTLP, endpoint)));
        }
    }
}
