package io.spotplane.pricing.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.web.ProblemException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace that somebody brings: the public form with a name, {@code {"name":…,"metadata":{"gap_seconds":195},"data":[0,1,1]}}, or with {@code runs} of equal
 * samples in the place of {@code data}, for long ones.
 *
 * @param name whose trace it is
 * @param metadata with the time between two samples
 * @param data machines at each sample, oldest first
 * @param runs the same, shorter
 */
record NewTrace(
        @Nullable String name,
        @Nullable Metadata metadata,
        int @Nullable [] data,
        @Nullable List<Run> runs) {

    static final int MAX_TICKS = 200_000;
    static final int MAX_RUNS = 10_000;
    static final int MAX_NODES = 1_000_000;
    private static final BigDecimal MAX_GAP = BigDecimal.valueOf(86_400);
    private static final BigDecimal MIN_GAP = BigDecimal.ONE;

    /**
     * What the public traces say of themselves.
     *
     * @param gapSeconds seconds between two samples
     */
    record Metadata(@JsonProperty("gap_seconds") @Nullable BigDecimal gapSeconds) {}

    /**
     * Equal samples.
     *
     * @param nodes machines
     * @param ticks how many samples
     */
    record Run(int nodes, int ticks) {}

    /** The trace; everything that is wrong with it at once. */
    AvailabilityTrace trace() {
        var errors = new ArrayList<FieldError>();
        var given = name == null ? "" : name;
        if (!given.matches("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")) {
            errors.add(new FieldError(
                    "/name",
                    "INVALID_VALUE",
                    "expected 1 to 100 letters, digits and . _ : / -, a letter or digit first"));
        }
        var gap = gap(errors);
        var samples = samples(errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new AvailabilityTrace(given, gap, samples);
    }

    private Duration gap(List<FieldError> errors) {
        var seconds = metadata == null ? null : metadata.gapSeconds();
        if (seconds == null || seconds.compareTo(MIN_GAP) < 0 || seconds.compareTo(MAX_GAP) > 0) {
            errors.add(new FieldError(
                    "/metadata/gap_seconds",
                    seconds == null ? "REQUIRED" : "OUT_OF_RANGE",
                    "expected 1 to 86400 seconds"));
            return Duration.ofSeconds(1);
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private int[] samples(List<FieldError> errors) {
        if ((data == null) == (runs == null)) {
            errors.add(new FieldError("/data", "REQUIRED", "expected either data or runs"));
            return new int[0];
        }
        int before = errors.size();
        var all = data != null ? data : spread(runs == null ? List.of() : runs, errors);
        if (errors.size() == before) {
            check(all, errors);
        }
        return all;
    }

    private static int[] spread(List<Run> runs, List<FieldError> errors) {
        long ticks = 0;
        for (int at = 0; at < runs.size(); at++) {
            if (runs.get(at).ticks() < 1) {
                errors.add(new FieldError("/runs/" + at + "/ticks", "OUT_OF_RANGE", "expected at least 1"));
                return new int[0];
            }
            ticks += runs.get(at).ticks();
        }
        if (ticks > MAX_TICKS) {
            errors.add(new FieldError("/runs", "OUT_OF_RANGE", ticks + " ticks, expected at most " + MAX_TICKS));
            return new int[0];
        }
        var nodes = runs.stream().mapToInt(Run::nodes).toArray();
        var lengths = runs.stream().mapToInt(Run::ticks).toArray();
        return ticks == 0
                ? new int[0]
                : new RunLengths(1, nodes, lengths).trace("").nodes();
    }

    private void check(int[] samples, List<FieldError> errors) {
        var field = data != null ? "/data" : "/runs";
        if (samples.length < 2 || samples.length > MAX_TICKS) {
            errors.add(new FieldError(field, "OUT_OF_RANGE", samples.length + " samples, expected 2 to " + MAX_TICKS));
            return;
        }
        int changes = 1;
        for (int at = 0; at < samples.length; at++) {
            changes += at > 0 && samples[at] != samples[at - 1] ? 1 : 0;
            if (samples[at] < 0 || samples[at] > MAX_NODES) {
                errors.add(new FieldError(
                        field, "OUT_OF_RANGE", "sample " + at + " is " + samples[at] + ", expected 0 to " + MAX_NODES));
                return;
            }
        }
        if (changes > MAX_RUNS) {
            errors.add(new FieldError(
                    field, "OUT_OF_RANGE", "it changes " + changes + " times, expected at most " + MAX_RUNS));
        }
    }
}
