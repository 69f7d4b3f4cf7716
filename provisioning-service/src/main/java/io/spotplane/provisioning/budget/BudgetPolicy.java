package io.spotplane.provisioning.budget;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Closed;
import io.spotplane.provisioning.instance.Draining;
import io.spotplane.provisioning.instance.Instance;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Keeps a request within its budget. Cost is price × time from the order until the end is proved; what is projected is what
 * will have been spent when the budget is looked at next.
 *
 * @param tick how far ahead is looked: longer than the time between two looks plus the time a machine takes to end
 * @param leastUsefulRun a machine that the budget cannot keep for so long is not bought
 */
@Validated
@ConfigurationProperties("spotplane.provisioning.budget")
public record BudgetPolicy(
        @NotNull @DefaultValue("30s") Duration tick,
        @NotNull @DefaultValue("2m") Duration leastUsefulRun) {

    /** A look ahead that does not look ahead would overspend. */
    @AssertTrue(message = "tick must be positive and least-useful-run not negative")
    public boolean isConsistent() {
        return tick.isPositive() && !leastUsefulRun.isNegative();
    }

    /** Whether the budget would be overspent by the next look if everything ran on. */
    public boolean exhausted(Holding holding, Instant now) {
        var budget = holding.request().wanted().budget();
        return budget != null && projected(holding, tick, now).exceeds(budget);
    }

    /** Whether one more machine at {@code price} fits, beside what runs and what still drains. */
    public boolean affords(Holding holding, HourlyPrice price, Instant now) {
        var budget = holding.request().wanted().budget();
        if (budget == null) {
            return true;
        }
        var run = leastUsefulRun.compareTo(tick) > 0 ? leastUsefulRun : tick;
        return !projected(holding, run, now).plus(price.during(run)).exceeds(budget);
    }

    private static Money projected(Holding holding, Duration horizon, Instant now) {
        return holding.instances().stream()
                .map(instance -> instance.price().during(runsOn(instance, horizon, now)))
                .reduce(holding.exposure(now), Money::plus);
    }

    private static Duration runsOn(Instance instance, Duration horizon, Instant now) {
        return switch (instance.state()) {
            case Closed _ -> Duration.ZERO;
            case Draining draining -> longer(horizon, Duration.between(now, draining.deadline()));
            default -> horizon;
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
