package io.spotplane.providers.support;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits around the calls to one endpoint of one provider account.
 *
 * @param concurrentCalls calls under way at one time
 * @param longestWait how long a call may wait for its turn before it is refused unsent
 * @param breakerWindow calls over which failures are counted; nothing opens before half of them were made
 * @param breakerPercent share of sick calls in the window that opens the breaker
 * @param openFor how long an open breaker refuses before it lets a few calls try
 * @param halfOpenLimit how long it may stay half open: a cancelled trial must not keep it there for ever
 */
@ConfigurationProperties("spotplane.providers.guard")
public record GuardSettings(
        @DefaultValue("16") int concurrentCalls,
        @DefaultValue("10s") Duration longestWait,
        @DefaultValue("20") int breakerWindow,
        @DefaultValue("50") int breakerPercent,
        @DefaultValue("30s") Duration openFor,
        @DefaultValue("60s") Duration halfOpenLimit) {

    public GuardSettings {
        require(concurrentCalls >= 1, "concurrent-calls", concurrentCalls, "at least 1");
        require(breakerWindow >= 2, "breaker-window", breakerWindow, "at least 2");
        require(breakerPercent >= 1 && breakerPercent <= 100, "breaker-percent", breakerPercent, "1 to 100");
        require(longestWait.isPositive(), "longest-wait", longestWait, "more than 0");
        require(openFor.isPositive(), "open-for", openFor, "more than 0");
        require(halfOpenLimit.isPositive(), "half-open-limit", halfOpenLimit, "more than 0");
    }

    /** The limits that hold when nothing is set. */
    public static GuardSettings defaults() {
        return new GuardSettings(16, Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "spotplane.providers.guard." + name + " is " + value + ", expected " + expected);
        }
    }
}
