package io.spotplane.pricing.deadline;

/**
 * Uniform Progress of Wu et al., <em>Can't Be Late</em>, NSDI 2024: progress should be no less than time elapsed × work / deadline. It needs to know
 * nothing of the pools. Idle and behind: on demand. Spot whenever offered, kept until it is taken back. Once on demand, stay until ahead by two
 * start-ups; the variants differ in whether that alone suffices to leave. Idle or on demand with less than two start-ups of slack: on demand to
 * the end.
 *
 * @param job the work
 * @param strict whether on demand is left as soon as the run is ahead enough, as the paper's text says; otherwise only for spot, as the
 *     paper's public simulator does
 */
public record UniformProgress(Job job, boolean strict) implements Policy {

    @Override
    public Choice choose(Situation now) {
        if (now.workLeft() <= 0) {
            return Choice.IDLE;
        }
        if (now.holding().isSpot()) {
            return Safety.allows(job, now, now.holding()) ? now.holding() : Choice.ON_DEMAND;
        }
        if (now.workLeft() + 2 * job.startUp() + job.loss() >= now.ticksLeft() || staysOnDemand(now)) {
            return Choice.ON_DEMAND;
        }
        int pool = now.firstUp();
        var wanted = pool >= 0 ? Choice.spot(pool) : behindBy(now, 0) > 0 ? Choice.ON_DEMAND : Choice.IDLE;
        return Safety.allows(job, now, wanted) ? wanted : Choice.ON_DEMAND;
    }

    private boolean staysOnDemand(Situation now) {
        boolean aheadEnough = behindBy(now, 2 * job.startUp()) <= (strict ? 0 : -1);
        return now.holding().equals(Choice.ON_DEMAND) && !(aheadEnough && (strict || now.firstUp() >= 0));
    }

    /** Expected less real progress {@code ahead} ticks from now, times the deadline: positive when behind. */
    private long behindBy(Situation now, int ahead) {
        long elapsed = (long) job.deadline() - now.ticksLeft() + ahead;
        return elapsed * job.work() - ((long) job.work() - now.workLeft()) * job.deadline();
    }
}
