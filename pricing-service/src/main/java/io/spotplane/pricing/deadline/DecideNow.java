package io.spotplane.pricing.deadline;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a policy's choice into something that can be done.
 *
 * @param planned the policy
 * @param pools its pools
 * @param onDemandOfferingId what it falls back on
 * @param onDemandPrice at what price
 */
record DecideNow(
        PlanWork.Planned planned,
        List<StoredPlan.PlanPool> pools,
        @Nullable String onDemandOfferingId,
        HourlyPrice onDemandPrice) {

    /** The decision at {@code at}, {@code timeLeft} before the deadline, with {@code workLeft} still to do, in {@code situation}. */
    Decision decide(Instant at, Duration timeLeft, Duration workLeft, Situation situation) {
        if (situation.workLeft() <= 0) {
            return decision(Choice.IDLE, situation, Decision.State.DONE, timeLeft, workLeft, "no work is left", at);
        }
        boolean feasible = workLeft.plus(startUpNeeded(situation)).compareTo(timeLeft) <= 0;
        if (!feasible && !couldStayOnSpot(situation)) {
            return decision(
                    Choice.ON_DEMAND,
                    situation,
                    Decision.State.LATE,
                    timeLeft,
                    workLeft,
                    "not even on demand is sure to finish in time; it comes closest",
                    at);
        }
        var choice = planned.policy().choose(situation);
        boolean last = choice.kind() == Choice.Kind.ON_DEMAND && !couldWait(situation);
        return decision(
                choice,
                situation,
                last ? Decision.State.LAST_CHANCE : Decision.State.ON_TRACK,
                timeLeft,
                workLeft,
                reason(choice, situation, last, timeLeft.minus(workLeft)),
                at);
    }

    private Duration startUpNeeded(Situation situation) {
        return situation.holding().kind() == Choice.Kind.ON_DEMAND
                ? planned.tick().multipliedBy(situation.startUpLeft())
                : planned.task().startUp();
    }

    private boolean couldStayOnSpot(Situation situation) {
        return situation.holding().isSpot() && Safety.allows(planned.job(), situation, situation.holding());
    }

    private boolean couldWait(Situation situation) {
        return Safety.allows(planned.job(), situation, Choice.IDLE);
    }

    private String reason(Choice choice, Situation now, boolean last, Duration slack) {
        boolean same = choice.equals(now.holding());
        return switch (choice.kind()) {
            case IDLE ->
                (now.firstUp() < 0 ? "no spot machine can be had, " : "what can be had is not expected to last, ")
                        + slack + " of slack are left, and waiting is cheaper in expectation than on demand";
            case SPOT ->
                same
                        ? "the spot machine works or starts; keeping it is the cheapest in expectation"
                        : "a spot machine can be had; on demand could still finish if it were lost";
            case ON_DEMAND ->
                last
                        ? "no slack is left for anything but on demand to the end"
                        : same
                                ? "leaving the machine on demand would cost more than it is expected to save"
                                : "the slack that is left is worth more later than waiting saves now";
        };
    }

    private Decision decision(
            Choice choice,
            Situation situation,
            Decision.State state,
            Duration timeLeft,
            Duration workLeft,
            String reason,
            Instant at) {
        var pool = choice.isSpot() ? pools.get(choice.pool()) : null;
        var onDemand = choice.kind() == Choice.Kind.ON_DEMAND;
        return new Decision(
                choice.kind(),
                pool == null ? null : pool.name(),
                pool != null ? pool.offeringId() : onDemand ? onDemandOfferingId : null,
                pool != null ? pool.spotPrice() : onDemand ? onDemandPrice : null,
                situation.starts(choice),
                state,
                timeLeft,
                workLeft,
                timeLeft.minus(workLeft),
                reason,
                at.plus(planned.tick()));
    }
}
