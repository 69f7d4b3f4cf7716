package io.spotplane.pricing.risk.observed;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How risk is learnt.
 *
 * @param halfLife age at which an observation counts half
 * @param refresh how often the model is learnt anew, in every replica
 * @param calibrate how often past forecasts are judged anew
 * @param keepLives how long single lives are kept, for togetherness and calibration; sums are kept for ten half-lives
 * @param advisor where the AWS Spot Advisor's feed is ({@code spot-advisor-data.json}): a file or an HTTP address; none when absent
 * @param traces recorded availability to learn from, beside our own machines
 */
@Validated
@ConfigurationProperties("spotplane.pricing.risk")
public record RiskSettings(
        @DefaultValue("90d") Duration halfLife,
        @DefaultValue("1m") Duration refresh,
        @DefaultValue("1h") Duration calibrate,
        @DefaultValue("90d") Duration keepLives,
        @Nullable URI advisor,
        @DefaultValue @Valid List<Recording> traces) {

    public RiskSettings {
        atLeast("half-life", halfLife, Duration.ofDays(1));
        atLeast("refresh", refresh, Duration.ofMillis(100));
        atLeast("calibrate", calibrate, Duration.ofSeconds(1));
        atLeast("keep-lives", keepLives, Duration.ofDays(1));
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
        }
    }

    /**
     * A trace file, in the form of the public spot traces, and whose it is.
     *
     * @param file where it is
     * @param start the time of its first sample
     * @param provider the pool's provider
     * @param region its region
     * @param zone its zone; none when absent
     * @param instanceType its machine type
     */
    public record Recording(
            @NotNull Path file,
            @NotNull Instant start,
            @NotBlank String provider,
            @NotBlank String region,
            @Nullable String zone,
            @NotBlank String instanceType) {}
}
