package io.spotplane.pricing.trace;

import java.time.Duration;

/**
 * How many machines of one pool could be had, or were still up, at regular times: the form of the public spot traces that accompany Wu et al.,
 * <em>Can't Be Late</em>, NSDI 2024.
 *
 * @param name whose trace it is, such as {@code us-west-2a_v100_1}
 * @param tick time between two samples; more than 0
 * @param nodes machines at each tick, 0 or more; at least one sample
 */
public record AvailabilityTrace(String name, Duration tick, int[] nodes) {

    public AvailabilityTrace {
        if (tick.isNegative() || tick.isZero()) {
            throw new IllegalArgumentException("tick is " + tick + ", expected more than 0");
        }
        if (nodes.length == 0) {
            throw new IllegalArgumentException("the trace '" + name + "' has no sample");
        }
        nodes = nodes.clone();
        for (int at = 0; at < nodes.length; at++) {
            if (nodes[at] < 0) {
                throw new IllegalArgumentException("sample " + at + " is " + nodes[at] + ", expected 0 or more");
            }
        }
    }

    /** The samples; a copy. */
    @Override
    public int[] nodes() {
        return nodes.clone();
    }

    /** Number of samples. */
    public int ticks() {
        return nodes.length;
    }

    /** Whether a machine could be had at {@code tick}. */
    public boolean up(int at) {
        return nodes[at] > 0;
    }

    /** From the first sample to the end of the last. */
    public Duration length() {
        return tick.multipliedBy(nodes.length);
    }
}
