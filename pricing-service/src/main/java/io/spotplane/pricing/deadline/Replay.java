package io.spotplane.pricing.deadline;

import java.util.ArrayList;
import java.util.List;

/** Plays a policy against what really happened, or what might: the one set of rules that live plans, simulations and benchmarks share. */
public final class Replay {

    private final Job job;
    private final Policy policy;

    /** Plays {@code policy} on {@code job}. */
    public Replay(Job job, Policy policy) {
        this.job = job;
        this.policy = policy;
    }

    /** Until the work is done, or the deadline. */
    public Outcome on(Weather weather) {
        var run = new Run(job, weather.pools());
        for (int tick = 0; tick < job.deadline() && run.workLeft > 0; tick++) {
            var ages = weather.ages(tick);
            run.loseWhatWentDown(ages);
            run.hold(policy.choose(run.situation(job.deadline() - tick, ages)), ages);
        }
        return run.outcome();
    }

    /** What the pools do, tick by tick from the start of the run. */
    public interface Weather {

        /** How many pools there are. */
        int pools();

        /** As in {@link Situation#ages}. */
        int[] ages(int tick);
    }

    /**
     * How a run went.
     *
     * @param finished whether all work was done in time
     * @param ticks ticks until the work was done, or until the deadline
     * @param onDemandTicks ticks paid on demand
     * @param spotTicks ticks paid on spot, by pool
     * @param starts machines started
     * @param reclaims spot machines taken back
     * @param timeline what was held, in stretches
     */
    public record Outcome(
            boolean finished,
            int ticks,
            int onDemandTicks,
            int[] spotTicks,
            int starts,
            int reclaims,
            List<Stretch> timeline) {

        /** The price of the run, where an hour on demand counts 1 and an hour of a pool its {@code rates}. */
        public double weight(double[] rates) {
            double sum = onDemandTicks;
            for (int pool = 0; pool < rates.length; pool++) {
                sum += rates[pool] * spotTicks[pool];
            }
            return sum;
        }
    }

    /**
     * The same held for a while.
     *
     * @param from first tick
     * @param ticks how long
     * @param held what
     * @param startUp how many of the ticks went by without progress at the beginning
     * @param reclaimed whether it ended because the machine was taken back
     */
    public record Stretch(int from, int ticks, Choice held, int startUp, boolean reclaimed) {}

    private static final class Run {
        private final Job job;
        private final int[] spotTicks;
        private final List<Stretch> timeline = new ArrayList<>();
        private Choice holding = Choice.IDLE;
        private int workLeft;
        private int startUpLeft;
        private int tick;
        private int since;
        private int wasted;
        private int onDemandTicks;
        private int starts;
        private int reclaims;

        Run(Job job, int pools) {
            this.job = job;
            this.workLeft = job.work();
            this.spotTicks = new int[pools];
        }

        Situation situation(int ticksLeft, int[] ages) {
            return new Situation(ticksLeft, workLeft, holding, startUpLeft, ages);
        }

        void loseWhatWentDown(int[] ages) {
            if (holding.isSpot() && ages[holding.pool()] < 0) {
                int progress = tick - since - wasted;
                workLeft += Math.min(progress, job.loss());
                reclaims++;
                change(Choice.IDLE, true);
            }
        }

        void hold(Choice choice, int[] ages) {
            if (choice.isSpot() && ages[choice.pool()] < 0) {
                throw new IllegalStateException("the policy chose pool " + choice.pool() + ", which is down");
            }
            if (!choice.equals(holding)) {
                change(choice, false);
                if (choice.kind() != Choice.Kind.IDLE) {
                    starts++;
                    startUpLeft = job.startUp();
                }
            }
            pay(choice);
            work(choice);
            tick++;
        }

        private void pay(Choice choice) {
            switch (choice.kind()) {
                case SPOT -> spotTicks[choice.pool()]++;
                case ON_DEMAND -> onDemandTicks++;
                case IDLE -> {}
            }
        }

        private void work(Choice choice) {
            if (choice.kind() == Choice.Kind.IDLE) {
                return;
            }
            if (startUpLeft > 0) {
                startUpLeft--;
                wasted++;
            } else {
                workLeft--;
            }
        }

        private void change(Choice next, boolean reclaimed) {
            endStretch(reclaimed);
            holding = next;
            since = tick;
            wasted = 0;
            startUpLeft = 0;
        }

        private void endStretch(boolean reclaimed) {
            if (tick > since) {
                timeline.add(new Stretch(since, tick - since, holding, wasted, reclaimed));
            }
        }

        Outcome outcome() {
            endStretch(false);
            return new Outcome(workLeft <= 0, tick, onDemandTicks, spotTicks, starts, reclaims, List.copyOf(timeline));
        }
    }
}
