package io.spotplane.provisioning.account;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this control plane deals with its provider accounts.
 *
 * @param owner name of this control plane, which every machine carries: two control planes on one account need two names, or
 *     each reaps the other's machines
 * @param visibilityWindow how long after a change a list may still lack a machine or still show one; the longer of this and what the
 *     provider's adapter says holds
 * @param callTimeout longest that one call to a provider may take
 * @param launchTimeout how long an accepted order may stay without a running machine
 * @param bootTimeout how long a running machine may stay unreachable
 * @param listPatience a list that lacks most of what must be alive is believed when it has said so for so long without a break
 * @param orphanAge a machine of ours that nobody knows is ended when it is so old
 */
@Validated
@ConfigurationProperties("spotplane.provisioning")
public record AccountSettings(
        @NotNull
        @Pattern(
                regexp = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?",
                message = "expected 1 to 32 of a-z, 0-9 and inner hyphens")
        String owner,

        @NotNull @DefaultValue("60s") Duration visibilityWindow,
        @NotNull @DefaultValue("45s") Duration callTimeout,
        @NotNull @DefaultValue("5m") Duration launchTimeout,
        @NotNull @DefaultValue("15m") Duration bootTimeout,
        @NotNull @DefaultValue("10m") Duration listPatience,
        @NotNull @DefaultValue("30s") Duration orphanAge) {

    /** Nothing can be proved without a window, and no order given up before its call has ended. */
    @AssertTrue(
            message =
                    "visibility-window must be positive, launch-timeout longer than visibility-window and call-timeout")
    public boolean isConsistent() {
        return visibilityWindow.isPositive()
                && launchTimeout.compareTo(visibilityWindow) > 0
                && launchTimeout.compareTo(callTimeout) > 0;
    }
}
