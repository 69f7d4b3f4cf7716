package io.spotplane.pricing.simulation;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.pricing.deadline.Choice;
import io.spotplane.pricing.deadline.Clairvoyant;
import io.spotplane.pricing.deadline.Greedy;
import io.spotplane.pricing.deadline.Job;
import io.spotplane.pricing.deadline.PlanWork;
import io.spotplane.pricing.deadline.Policy;
import io.spotplane.pricing.deadline.PoolPast;
import io.spotplane.pricing.deadline.Recorded;
import io.spotplane.pricing.deadline.Replay;
import io.spotplane.pricing.deadline.Task;
import io.spotplane.pricing.deadline.UniformProgress;
import io.spotplane.pricing.trace.AvailabilityTrace;
import io.spotplane.web.ProblemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some pools that a run may use, the windows of their traces that are replayed, and the policies that are. */
final class Windows {

    private static final long PLAN_SITUATIONS = 12_000_000;
    private static final long CLAIRVOYANT_SITUATIONS = 25_000_000;

    private final Task task;
    private final Job job;
    private final List<AvailabilityTrace> traces;
    private final double[] rates;
    private final List<PolicyName> policies;
    private final int ticks;
    private final int learn;
    private final int[] starts;

    Windows(
            Task task,
            List<AvailabilityTrace> traces,
            double[] rates,
            List<PolicyName> policies,
            @Nullable Duration learn,
            int windows,
            long seed) {
        this.task = task;
        this.traces = traces;
        this.rates = rates;
        this.policies = policies;
        var tick = traces.getFirst().tick();
        this.job = task.in(tick);
        this.ticks = traces.stream().mapToInt(AvailabilityTrace::ticks).min().orElseThrow();
        this.learn = learn == null ? ticks / 3 : Math.toIntExact(Math.min(ticks, learn.dividedBy(tick)));
        int room = ticks - this.learn - job.deadline();
        if (room < 0) {
            throw ProblemException.invalid(List.of(new FieldError(
                    "/within",
                    "OUT_OF_RANGE",
                    "the trace has " + tick.multipliedBy(ticks) + ", of which " + tick.multipliedBy(this.learn)
                            + " are learnt from; a deadline of " + task.deadline() + " does not fit in the rest")));
        }
        var random = new SplittableRandom(seed);
        this.starts = IntStream.range(0, windows)
                .map(window -> this.learn + random.nextInt(room + 1))
                .sorted()
                .toArray();
    }

    /** Time at the beginning that is learnt from. */
    Duration learnt() {
        return traces.getFirst().tick().multipliedBy(learn);
    }

    /** How many situations the replay looks at. */
    long size() {
        long clairvoyant = policies.contains(PolicyName.CLAIRVOYANT) ? Clairvoyant.size(job, rates.length) : 0;
        if (clairvoyant > CLAIRVOYANT_SITUATIONS) {
            throw ProblemException.invalid(List.of(new FieldError(
                    "/within",
                    "TOO_MUCH",
                    "the clairvoyant would look at " + clairvoyant / 1_000_000
                            + " million situations a window, expected at most " + CLAIRVOYANT_SITUATIONS / 1_000_000
                            + " million: leave it out, or take fewer pools or a shorter deadline")));
        }
        long each = clairvoyant + (long) job.deadline() * policies.size();
        return starts.length * each + (policies.contains(PolicyName.EXACT) ? 2 * PLAN_SITUATIONS : 0);
    }

    /**
     * What was played.
     *
     * @param names the traces
     * @param method how the exact plan decided, and why
     * @param starts the first tick of each window
     * @param outcomes by window, then by policy in the order asked for
     */
    record Played(List<String> names, String method, int[] starts, List<List<Replay.Outcome>> outcomes) {}

    Played play() {
        var pasts = traces.stream().map(this::past).toList();
        var exact = policies.contains(PolicyName.EXACT) ? learned() : null;
        var outcomes = Arrays.stream(starts)
                .mapToObj(start -> play(new Recorded(pasts, start), exact))
                .toList();
        return new Played(
                traces.stream().map(AvailabilityTrace::name).toList(),
                exact == null ? "not asked for" : exact.method() + ": " + exact.why(),
                starts,
                outcomes);
    }

    private PoolPast past(AvailabilityTrace trace) {
        var up = new boolean[ticks];
        for (int at = 0; at < ticks; at++) {
            up[at] = trace.up(at);
        }
        return PoolPast.of(up);
    }

    private PlanWork.Planned learned() {
        var learnt = traces.stream()
                .filter(trace -> learn > 0)
                .map(trace -> new AvailabilityTrace(trace.name(), trace.tick(), Arrays.copyOf(trace.nodes(), learn)))
                .toList();
        return new PlanWork(PLAN_SITUATIONS).plan(task, rates, learnt);
    }

    private List<Replay.Outcome> play(Recorded weather, PlanWork.@Nullable Planned exact) {
        return policies.stream()
                .map(name -> new Replay(job, policy(name, weather, exact)).on(weather))
                .toList();
    }

    private Policy policy(PolicyName name, Recorded weather, PlanWork.@Nullable Planned exact) {
        return switch (name) {
            case ON_DEMAND -> now -> now.workLeft() > 0 ? Choice.ON_DEMAND : Choice.IDLE;
            case GREEDY -> new Greedy(job);
            case UNIFORM_PROGRESS -> new UniformProgress(job, false);
            case EXACT -> Objects.requireNonNull(exact).asked(traces.getFirst().tick());
            case CLAIRVOYANT -> new Clairvoyant(job, rates, weather);
        };
    }
}
