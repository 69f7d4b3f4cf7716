package io.spotplane.pricing.trace;

import java.time.Duration;
import java.util.ArrayList;

/**
 * A trace as runs of equal samples, oldest first: how it is stored.
 *
 * @param tickMs milliseconds between two samples
 * @param nodes machines in each run
 * @param lengths samples in each run
 */
public record RunLengths(long tickMs, int[] nodes, int[] lengths) {

    /** The runs of {@code trace}. */
    public static RunLengths of(AvailabilityTrace trace) {
        var nodes = new ArrayList<Integer>();
        var lengths = new ArrayList<Integer>();
        for (int sample : trace.nodes()) {
            int last = nodes.size() - 1;
            if (last >= 0 && nodes.get(last) == sample) {
                lengths.set(last, lengths.get(last) + 1);
            } else {
                nodes.add(sample);
                lengths.add(1);
            }
        }
        return new RunLengths(
                trace.tick().toMillis(),
                nodes.stream().mapToInt(Integer::intValue).toArray(),
                lengths.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The trace, sample by sample. */
    public AvailabilityTrace trace(String name) {
        int ticks = 0;
        for (int length : lengths) {
            ticks += length;
        }
        var samples = new int[ticks];
        int at = 0;
        for (int run = 0; run < nodes.length; run++) {
            java.util.Arrays.fill(samples, at, at + lengths[run], nodes[run]);
            at += lengths[run];
        }
        return new AvailabilityTrace(name, Duration.ofMillis(tickMs), samples);
    }
}
