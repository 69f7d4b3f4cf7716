package io.spotplane.pricing.deadline;

/** Spot whenever there is some, nothing otherwise, and on demand to the end once that is the only way left: what most people build first. */
public record Greedy(Job job) implements Policy {

    @Override
    public Choice choose(Situation now) {
        if (now.workLeft() <= 0) {
            return Choice.IDLE;
        }
        var wanted = now.holding().isSpot() ? now.holding() : spotOrNothing(now);
        return Safety.allows(job, now, wanted) ? wanted : Choice.ON_DEMAND;
    }

    private static Choice spotOrNothing(Situation now) {
        int pool = now.firstUp();
        return pool < 0 ? Choice.IDLE : Choice.spot(pool);
    }
}
