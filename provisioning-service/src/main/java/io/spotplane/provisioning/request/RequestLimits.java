package io.spotplane.provisioning.request;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one request may ask for.
 *
 * @param maxInstances most machines of one request
 * @param maxGpusPerInstance most GPUs of one machine
 */
@Validated
@ConfigurationProperties("spotplane.provisioning.request")
record RequestLimits(
        @Min(1) @DefaultValue("100") int maxInstances,
        @Min(1) @DefaultValue("64") int maxGpusPerInstance) {}
