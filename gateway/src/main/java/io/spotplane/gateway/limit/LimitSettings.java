package io.spotplane.gateway.limit;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a tenant may ask.
 *
 * @param rates by policy: {@code read}, {@code write}, {@code compute}, {@code refresh}, {@code stream}
 * @param answerWithin longest wait for Redis before the gateway counts by itself
 * @param replicas how many gateways share a limit when each counts by itself
 */
@Validated
@ConfigurationProperties("spotplane.gateway.limit")
public record LimitSettings(
        @NotEmpty Map<String, Rate> rates,
        @NotNull @DefaultValue("100ms") Duration answerWithin,
        @Min(1) @DefaultValue("1") int replicas) {

    Rate rateOf(String policy) {
        var rate = rates.get(policy);
        if (rate == null) {
            throw new IllegalArgumentException("spotplane.gateway.limit.rates." + policy + " is missing");
        }
        return rate;
    }
}
