package io.spotplane.pricing.deadline;

import java.time.Duration;

/**
 * A policy that thinks in long ticks, asked in short ones: time left is rounded down, what is still to do is rounded up, so that it errs towards the
 * deadline.
 *
 * @param job the work in short ticks
 * @param tick the short tick
 * @param inner the policy
 * @param innerTick the long tick
 */
record Rescaled(Job job, Duration tick, Policy inner, Duration innerTick) implements Policy {

    @Override
    public Choice choose(Situation now) {
        if (now.workLeft() <= 0) {
            return Choice.IDLE;
        }
        var ages = now.ages().clone();
        for (int pool = 0; pool < ages.length; pool++) {
            ages[pool] = Integer.signum(ages[pool]) * up(Math.abs(ages[pool]));
        }
        var choice = inner.choose(new Situation(
                Math.toIntExact(now.ticksLeft() * tick.toMillis() / innerTick.toMillis()),
                up(now.workLeft()),
                now.holding(),
                up(now.startUpLeft()),
                ages));
        return Safety.allows(job, now, choice) ? choice : Choice.ON_DEMAND;
    }

    private int up(int ticks) {
        return Math.toIntExact(Math.ceilDiv(ticks * tick.toMillis(), innerTick.toMillis()));
    }
}
