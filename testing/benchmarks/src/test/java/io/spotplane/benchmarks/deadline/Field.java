package io.spotplane.benchmarks.deadline;

import io.spotplane.pricing.deadline.Choice;
import io.spotplane.pricing.deadline.Clairvoyant;
import io.spotplane.pricing.deadline.Greedy;
import io.spotplane.pricing.deadline.PlanWork;
import io.spotplane.pricing.deadline.Policy;
import io.spotplane.pricing.deadline.PoolPast;
import io.spotplane.pricing.deadline.Recorded;
import io.spotplane.pricing.deadline.Replay;
import io.spotplane.pricing.deadline.Task;
import io.spotplane.pricing.deadline.UniformProgress;
import io.spotplane.pricing.trace.AvailabilityTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Pools that a run may use, and the policies that run on them: learning on the first third of the traces, running in the rest. */
final class Field {

    enum Runner {
        ON_DEMAND("on demand"),
        GREEDY("greedy"),
        UNIFORM_PROGRESS("Uniform Progress, public code"),
        STRICT_UNIFORM_PROGRESS("Uniform Progress, strict"),
        OURS_FIRST_THIRD("ours, learnt on the first third"),
        OURS("ours, learnt until the start"),
        OURS_ALL_KNOWN("ours, chances of the judged part known (a bound)"),
        CLAIRVOYANT("clairvoyant");

        final String title;

        Runner(String title) {
            this.title = title;
        }
    }

    private final List<AvailabilityTrace> traces;
    private final List<PoolPast> pasts;
    private final Duration tick;
    private final int ticks;

    Field(List<AvailabilityTrace> traces) {
        this.traces = traces;
        this.tick = traces.getFirst().tick();
        this.ticks = traces.stream().mapToInt(AvailabilityTrace::ticks).min().orElseThrow();
        this.pasts = traces.stream().map(trace -> PoolPast.of(up(trace, ticks))).toList();
    }

    private static boolean[] up(AvailabilityTrace trace, int ticks) {
        var up = new boolean[ticks];
        for (int at = 0; at < ticks; at++) {
            up[at] = trace.up(at);
        }
        return up;
    }

    boolean fits(Task task) {
        return ticks - ticks / 3 > task.in(tick).deadline() && pasts.stream().anyMatch(past -> past.turns() > 0);
    }

    /** Random starts in the last two thirds, and what every runner made of them. */
    List<Map<Runner, Replay.Outcome>> run(
            Task task, double[] rates, int starts, long seed, long situations, List<Runner> runners) {
        var planner = new PlanWork(situations);
        int third = ticks / 3;
        var job = task.in(tick);
        var fixed = new EnumMap<Runner, Policy>(Runner.class);
        fixed.put(Runner.ON_DEMAND, now -> now.workLeft() > 0 ? Choice.ON_DEMAND : Choice.IDLE);
        fixed.put(Runner.GREEDY, new Greedy(job));
        fixed.put(Runner.UNIFORM_PROGRESS, new UniformProgress(job, false));
        fixed.put(Runner.STRICT_UNIFORM_PROGRESS, new UniformProgress(job, true));
        if (runners.contains(Runner.OURS_FIRST_THIRD)) {
            fixed.put(
                    Runner.OURS_FIRST_THIRD,
                    planner.plan(task, rates, part(0, third)).asked(tick));
        }
        if (runners.contains(Runner.OURS_ALL_KNOWN)) {
            fixed.put(
                    Runner.OURS_ALL_KNOWN,
                    planner.plan(task, rates, part(third, ticks)).asked(tick));
        }
        var random = new SplittableRandom(seed);
        var runs = new ArrayList<Map<Runner, Replay.Outcome>>();
        for (int run = 0; run < starts; run++) {
            int start = third + random.nextInt(ticks - third - job.deadline());
            var weather = new Recorded(pasts, start);
            var outcomes = new EnumMap<Runner, Replay.Outcome>(Runner.class);
            for (var runner : runners) {
                var policy = switch (runner) {
                    case OURS -> planner.plan(task, rates, part(0, start + 1)).asked(tick);
                    case CLAIRVOYANT -> new Clairvoyant(job, rates, weather);
                    default -> fixed.get(runner);
                };
                outcomes.put(runner, new Replay(job, policy).on(weather));
            }
            runs.add(outcomes);
        }
        return runs;
    }

    List<AvailabilityTrace> part(int from, int to) {
        return traces.stream()
                .map(trace -> new AvailabilityTrace(trace.name(), tick, Arrays.copyOfRange(trace.nodes(), from, to)))
                .toList();
    }

    Duration tick() {
        return tick;
    }

    int ticks() {
        return ticks;
    }

    static double[] rates(int pools, double ratio) {
        return IntStream.range(0, pools).mapToDouble(pool -> 1 / ratio).toArray();
    }
}
