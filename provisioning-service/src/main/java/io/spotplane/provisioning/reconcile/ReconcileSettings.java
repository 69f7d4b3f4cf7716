package io.spotplane.provisioning.reconcile;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The reconciler's rhythm.
 *
 * @param poll how often due work is looked for, behind the wake-ups
 * @param lease how long a request or account belongs to the replica that took it; extended while it works
 * @param retryPlacing how often a request that could not be placed is tried again
 * @param idle how often a request with nothing to do is looked at all the same
 * @param busyListing how often an account is listed while something is in flight
 * @param idleListing how often an account is listed otherwise
 * @param drainGrace how long a machine drains when no provider sets the deadline (spent budget)
 * @param concurrency how many requests one replica works on at a time
 */
@Validated
@ConfigurationProperties("spotplane.provisioning.reconcile")
public record ReconcileSettings(
        @NotNull @DefaultValue("1s") Duration poll,
        @NotNull @DefaultValue("30s") Duration lease,
        @NotNull @DefaultValue("5s") Duration retryPlacing,
        @NotNull @DefaultValue("10s") Duration idle,
        @NotNull @DefaultValue("2s") Duration busyListing,
        @NotNull @DefaultValue("15s") Duration idleListing,
        @NotNull @DefaultValue("5s") Duration drainGrace,
        @Min(1) @Max(256) @DefaultValue("16") int concurrency) {

    /** A lease must outlast several heartbeats. */
    @AssertTrue(message = "poll must be positive and lease at least 3 s")
    public boolean isConsistent() {
        return poll.isPositive() && lease.compareTo(Duration.ofSeconds(3)) >= 0;
    }
}
