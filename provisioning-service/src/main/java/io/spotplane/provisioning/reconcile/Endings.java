package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.budget.BudgetPolicy;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Ending;
import io.spotplane.provisioning.holding.Ending.Cause;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Draining;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.InstanceState;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.Usable;
import io.spotplane.provisioning.timeline.TimelineEntry;
import io.spotplane.provisioning.timeline.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;

/**
 * What has to end: requests that were deleted, given up or have spent their budget, with everything they hold; and drained instances
 * whose deadline has come or whose replacement is ready. Pure.
 */
final class Endings {

    private final BudgetPolicy budget;
    private final Duration giveUpAfter;
    private final Duration drainGrace;

    Endings(BudgetPolicy budget, Duration giveUpAfter, Duration drainGrace) {
        this.budget = budget;
        this.giveUpAfter = giveUpAfter;
        this.drainGrace = drainGrace;
    }

    Decide decide() {
        return ((Decide) this::giveUp).then(this::exhaust).then(this::endHeld).then(this::endDrained);
    }

    private Decision giveUp(Holding holding, Instant now) {
        var obstacle = holding.request().obstacle();
        var hopeless = obstacle != null
                && holding.request().ending() == null
                && holding.serving().isEmpty()
                && !obstacle.since().plus(giveUpAfter).isAfter(now);
        return hopeless ? over(holding, Cause.GIVEN_UP, Kind.GIVEN_UP, now) : Decision.of(holding);
    }

    private Decision exhaust(Holding holding, Instant now) {
        return holding.request().ending() == null && holds(holding) && budget.exhausted(holding, now)
                ? over(holding, Cause.BUDGET_EXHAUSTED, Kind.BUDGET_EXHAUSTED, now)
                : Decision.of(holding);
    }

    private static boolean holds(Holding holding) {
        return holding.open() || holding.request().obstacle() != null;
    }

    private static Decision over(Holding holding, Cause cause, Kind kind, Instant now) {
        return Decision.of(holding.with(holding.request().end(cause, now)))
                .telling(TimelineEntry.ofRequest(now, kind, cause.message(), "Spent so far: " + holding.spent(now)));
    }

    private Decision endHeld(Holding holding, Instant now) {
        var ending = holding.request().ending();
        return Decision.of(
                ending == null
                        ? holding
                        : holding.each(instance -> changed(instance, end(instance.state(), ending, now), now)));
    }

    private InstanceState end(InstanceState state, Ending ending, Instant now) {
        var reason = ending.cause().reason();
        var why = ending.cause().message();
        return switch (state) {
            case Intended intended when intended.doubt() == null -> intended.withdrawn(reason, why);
            case Usable usable
            when ending.cause() == Cause.BUDGET_EXHAUSTED -> usable.drain(reason, why, now.plus(drainGrace));
            case Usable usable -> usable.terminate(reason, why, now);
            case Draining draining when ending.cause() == Cause.DELETED -> draining.terminate(now);
            default -> state;
        };
    }

    private Decision endDrained(Holding holding, Instant now) {
        var replaced = holding.ready() >= holding.request().wanted().instances();
        return Decision.of(holding.each(instance ->
                instance.state() instanceof Draining draining && (replaced || !now.isBefore(draining.deadline()))
                        ? instance.become(draining.terminate(now), now)
                        : instance));
    }

    private static Instance changed(Instance instance, InstanceState next, Instant now) {
        return next == instance.state() ? instance : instance.become(next, now);
    }
}
