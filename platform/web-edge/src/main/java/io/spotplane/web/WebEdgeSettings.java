package io.spotplane.web;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the HTTP edge.
 *
 * @param maxBody most bytes of a request body, counted while they arrive; more is 413
 * @param requestTimeout longest time for a request, body included, to arrive; then the connection is closed
 * @param idempotency how repeated writes are recognised
 */
@Validated
@ConfigurationProperties("spotplane.web")
public record WebEdgeSettings(
        @NotNull @DefaultValue("256KB") DataSize maxBody,
        @NotNull @DefaultValue("10s") Duration requestTimeout,
        @NotNull @DefaultValue Idempotency idempotency) {

    /**
     * How repeated writes are recognised.
     *
     * @param keep how long answers are kept, at least 24 hours
     * @param patience how long a repeat waits for the first call before it gets 409
     * @param sweep pause between two deletions of old answers
     */
    public record Idempotency(
            @DefaultValue("24h") Duration keep,
            @DefaultValue("3s") Duration patience,
            @DefaultValue("10m") Duration sweep) {

        private static final Duration LEAST = Duration.ofHours(24);

        public Idempotency {
            if (keep.compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("spotplane.web.idempotency.keep is " + keep
                        + ", expected at least 24 hours: clients may repeat a write for a day");
            }
        }
    }
}
