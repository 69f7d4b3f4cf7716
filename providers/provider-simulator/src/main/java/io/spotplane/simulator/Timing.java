package io.spotplane.simulator;

import java.time.Duration;

/**
 * How long machines take.
 *
 * @param visible from an accepted order until lists show the machine
 * @param boot until it runs
 * @param reachable until it can be used
 * @param end from the order to end it until it has ended
 */
public record Timing(Duration visible, Duration boot, Duration reachable, Duration end) {

    public static final Timing DEFAULT =
            new Timing(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1));
}
