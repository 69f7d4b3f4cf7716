package io.spotplane.pricing.deadline;

import io.spotplane.pricing.trace.AvailabilityTrace;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes a policy from what pools did: the exact plan where they were seen to turn often enough to learn from, Uniform Progress where not, on demand alone where
 * nothing is cheaper.
 */
public final class PlanWork {

    /**
     * Turns (up to down or back, all pools together) from which on a pool's past is learnt from. On public traces a plan from 4 turns costs what Uniform Progress
     * costs, and from 8 on less.
     */
    public static final int ENOUGH_TURNS = 8;

    private static final Duration SHORTEST_TICK = Duration.ofSeconds(30);
    private static final Duration LONGEST_TICK = Duration.ofMinutes(10);
    private static final int TICKS = 1_440;

    private final long mostSituations;

    /** Makes plans of at most {@code mostSituations} situations (a quarter of a byte each), with longer ticks where shorter would need more. */
    public PlanWork(long mostSituations) {
        this.mostSituations = mostSituations;
    }

    /** How a plan decides. */
    public enum Method {
        EXACT,
        UNIFORM_PROGRESS,
        ON_DEMAND
    }

    /**
     * A policy and what it rests on.
     *
     * @param task the work
     * @param rates prices of the pools where on demand costs 1
     * @param tick the length of its ticks
     * @param job the work in those
     * @param policy decides in those
     * @param method how
     * @param why this method, for people
     * @param outlook what is believed of the pools; null unless the method is {@link Method#EXACT}
     */
    public record Planned(
            Task task,
            double[] rates,
            Duration tick,
            Job job,
            Policy policy,
            Method method,
            String why,
            @org.jspecify.annotations.Nullable Outlook outlook) {

        /** This policy for somebody who asks in ticks of another length. */
        public Policy asked(Duration every) {
            return every.equals(tick) ? policy : new Rescaled(task.in(every), every, policy, tick);
        }
    }

    /**
     * Plans {@code task}.
     *
     * @param rates prices of the pools where on demand costs 1
     * @param traces what each pool did until now, in the order of {@code rates}; their ends are the same moment
     */
    public Planned plan(Task task, double[] rates, List<AvailabilityTrace> traces) {
        if (IntStream.range(0, rates.length).noneMatch(pool -> rates[pool] < 1)) {
            return onDemand(task, rates, "no pool is below the price on demand");
        }
        int turns = traces.stream()
                .mapToInt(trace -> past(trace, trace.tick()).turns())
                .sum();
        boolean everyPool = traces.size() == rates.length && traces.stream().allMatch(trace -> trace.ticks() > 1);
        if (!everyPool || turns < ENOUGH_TURNS) {
            var tick = traces.stream()
                    .map(AvailabilityTrace::tick)
                    .min(Comparator.naturalOrder())
                    .orElseGet(() -> coldTick(task));
            return new Planned(
                    task,
                    rates,
                    tick,
                    task.in(tick),
                    new UniformProgress(task.in(tick), false),
                    Method.UNIFORM_PROGRESS,
                    "the pools were seen to turn " + turns + " times; " + ENOUGH_TURNS + " are enough to learn from",
                    null);
        }
        return exact(task, rates, traces, turns);
    }

    private static Planned onDemand(Task task, double[] rates, String why) {
        var tick = coldTick(task);
        return new Planned(task, rates, tick, task.in(tick), PlanWork::buy, Method.ON_DEMAND, why, null);
    }

    private static Choice buy(Situation now) {
        return now.workLeft() > 0 ? Choice.ON_DEMAND : Choice.IDLE;
    }

    private static Duration coldTick(Task task) {
        var tick = task.deadline().dividedBy(TICKS);
        return tick.compareTo(SHORTEST_TICK) < 0
                ? SHORTEST_TICK
                : tick.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : tick;
    }

    private Planned exact(Task task, double[] rates, List<AvailabilityTrace> traces, int turns) {
        var shortest = traces.stream()
                .map(AvailabilityTrace::tick)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        int least = 1;
        while (size(task, shortest.multipliedBy(least), rates, traces) > mostSituations) {
            least++;
        }
        var tick = shortest.multipliedBy(leastWaste(task.startUp(), shortest, least));
        var job = task.in(tick);
        if (!job.feasible()) {
            return onDemand(task, rates, "no slack is left for anything else");
        }
        var outlook = outlook(job, tick, rates, traces);
        return new Planned(
                task,
                rates,
                tick,
                job,
                ExactPlan.of(job, outlook),
                Method.EXACT,
                "learnt from " + turns + " turns of the pools",
                outlook);
    }

    /** Of the ticks up to twice the shortest that is allowed, the one that rounds the start-up up the least. */
    private static int leastWaste(Duration startUp, Duration shortest, int least) {
        return IntStream.range(least, 2 * least)
                .boxed()
                .min(Comparator.comparing(times -> {
                    var tick = shortest.multipliedBy(times);
                    return tick.multipliedBy(Task.ticksUp(startUp, tick));
                }))
                .orElse(least);
    }

    private static long size(Task task, Duration tick, double[] rates, List<AvailabilityTrace> traces) {
        var job = task.in(tick);
        return job.feasible() ? ExactPlan.size(job, outlook(job, tick, rates, traces)) : 0;
    }

    private static Outlook outlook(Job job, Duration tick, double[] rates, List<AvailabilityTrace> traces) {
        var pasts = traces.stream().map(trace -> past(trace, tick)).toList();
        return Outlook.of(pasts, rates, job.startUp(), new LearnChain(tick.toMillis() / 1000.0));
    }

    /** A trace in ticks of another length, laid at its end: up where it was up all the time. */
    static PoolPast past(AvailabilityTrace trace, Duration tick) {
        long from = trace.tick().toMillis();
        long to = tick.toMillis();
        long all = from * trace.ticks();
        int ticks = Math.toIntExact(Math.max(1, all / to));
        var up = new boolean[ticks];
        for (int at = 0; at < ticks; at++) {
            long begins = Math.max(0, all - to * (ticks - at));
            long ends = Math.min(all, begins + to);
            up[at] = true;
            for (long sample = begins / from; sample * from < ends; sample++) {
                up[at] &= trace.up((int) sample);
            }
        }
        return PoolPast.of(up);
    }
}
