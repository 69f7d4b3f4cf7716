package io.spotplane.provisioning.interruption;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How notices are asked for.
 *
 * @param poll how often each account is asked for notices
 * @param keepUnmatched how long a notice for a machine that nobody knows is kept and tried again
 */
@Validated
@ConfigurationProperties("spotplane.provisioning.interruption")
public record InterruptionSettings(
        @NotNull @DefaultValue("5s") Duration poll,
        @NotNull @DefaultValue("1h") Duration keepUnmatched) {}
