package io.spotplane.gateway.route;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the gateway waits and when it stops asking.
 *
 * @param readTimeout until a read must have answered
 * @param writeTimeout until a write must have answered; longer, because giving up on it does not undo it
 * @param breaker when a route is closed to traffic
 */
@Validated
@ConfigurationProperties("spotplane.gateway.route")
public record RouteSettings(
        @NotNull @DefaultValue("5s") Duration readTimeout,
        @NotNull @DefaultValue("15s") Duration writeTimeout,
        @NotNull @DefaultValue Breaker breaker) {

    /**
     * When a route is closed to traffic.
     *
     * @param calls how many of the last calls are looked at
     * @param failuresPercent share of failed ones that opens the breaker
     * @param pause how long nothing is sent then, and when clients are told to come back
     */
    public record Breaker(
            @DefaultValue("20") int calls,
            @DefaultValue("50") int failuresPercent,
            @DefaultValue("5s") Duration pause) {}
}
