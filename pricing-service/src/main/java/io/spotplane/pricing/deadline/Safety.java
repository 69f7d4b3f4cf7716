package io.spotplane.pricing.deadline;

/**
 * The law that keeps deadlines: from every situation that is left behind, on demand alone could still finish, even if every pool went down at once
 * and the progress that was not saved were lost. On demand is taken to be always there.
 */
final class Safety {

    private Safety() {}

    /** Whether {@code choice} in {@code now} leaves a situation from which on demand can finish. */
    static boolean allows(Job job, Situation now, Choice choice) {
        int startUp = now.starts(choice) ? job.startUp() : now.startUpLeft();
        return switch (choice.kind()) {
            case IDLE -> fallback(job, now.ticksLeft() - 1, now.workLeft(), 0);
            case SPOT -> {
                int left = startUp > 0 ? now.workLeft() : now.workLeft() - 1;
                yield left == 0 || fallback(job, now.ticksLeft() - 1, left, job.loss());
            }
            case ON_DEMAND -> now.workLeft() + startUp <= now.ticksLeft();
        };
    }

    private static boolean fallback(Job job, int ticksLeft, int workLeft, int loss) {
        return Math.min(workLeft + loss, job.work()) + job.startUp() <= ticksLeft;
    }
}
