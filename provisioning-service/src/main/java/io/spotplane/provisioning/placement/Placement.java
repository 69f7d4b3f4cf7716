package io.spotplane.provisioning.placement;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.provisioning.budget.BudgetPolicy;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.holding.Obstacle;
import io.spotplane.provisioning.holding.Wanted;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.LaunchTokens;
import io.spotplane.provisioning.instance.Order;
import io.spotplane.provisioning.timeline.TimelineEntry;
import io.spotplane.provisioning.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fills what a request is missing with launch intents on the best offerings, as far as its budget goes. */
public final class Placement {

    private final PlacementSettings settings;
    private final BudgetPolicy budget;
    private final Supplier<UUID> ids;
    private final List<PlacementPolicy> policies;

    public Placement(PlacementSettings settings, BudgetPolicy budget, Supplier<UUID> ids) {
        this.settings = settings;
        this.budget = budget;
        this.ids = ids;
        this.policies = PlacementPolicy.all(settings.maxPriceAge());
    }

    /** The decision that places everything that is missing on {@code market}, or says why it cannot. */
    public Decide on(Market market) {
        return (holding, now) -> fill(holding, market, now);
    }

    private Decision fill(Holding holding, Market market, Instant now) {
        if (holding.missing() == 0) {
            return Decision.of(facing(holding, null));
        }
        var ranking = Ranking.of(holding.request().wanted(), market, policies, now);
        if (ranking.fitting().isEmpty()) {
            return stuck(holding, ranking.obstacle(), "Nothing to buy now. " + ranking.summary(), now);
        }
        return buy(holding, ranking, now);
    }

    private Decision buy(Holding holding, Ranking ranking, Instant now) {
        var best = ranking.fitting().getFirst();
        var filled = holding;
        while (filled.missing() > 0 && budget.affords(filled, best.billedPrice(), now)) {
            filled = intend(filled, best, now);
        }
        if (filled.missing() > 0) {
            var why = "The budget does not reach for another machine at " + best.billedPrice();
            return told(stuck(filled, "BUDGET_EXHAUSTED", why, now), holding, filled, ranking, now);
        }
        return told(Decision.of(facing(filled, null)), holding, filled, ranking, now);
    }

    private static Decision told(Decision decision, Holding before, Holding after, Ranking ranking, Instant now) {
        if (before == after) {
            return decision;
        }
        var cheapest = ranking.fitting().getFirst();
        return decision.telling(TimelineEntry.ofRequest(
                now,
                Kind.CONSIDERED,
                "Cheapest is " + cheapest.id() + " at " + cheapest.billedPrice(),
                ranking.summary()));
    }

    private Holding intend(Holding holding, Offering offering, Instant now) {
        var request = holding.request();
        var id = ids.get();
        var order = new Order(
                LaunchTokens.of(id),
                offering,
                bid(request.wanted(), offering),
                request.wanted().image());
        var leaving = unreplaced(holding);
        var successor = Instance.intend(
                id,
                request.id(),
                request.tenant(),
                order,
                leaving.map(Instance::id).orElse(null),
                now);
        return leaving.map(instance -> holding.with(instance.replacedBy(id)))
                .orElse(holding)
                .adding(successor);
    }

    private HourlyPrice bid(Wanted wanted, Offering offering) {
        return wanted.maxPricePerHour() != null
                ? wanted.maxPricePerHour()
                : HourlyPrice.per(offering.billedPrice().forOneHour().times(settings.uncappedBidFactor()));
    }

    private static Optional<Instance> unreplaced(Holding holding) {
        return holding.instances().stream()
                .filter(instance -> instance.notice() != null && instance.replacedBy() == null)
                .min(Comparator.comparing(Instance::id));
    }

    private static Decision stuck(Holding holding, String reason, String message, Instant now) {
        var known = holding.request().obstacle();
        var met = new Obstacle(reason, message, known == null ? now : known.since());
        var decision = Decision.of(facing(holding, met));
        return known != null && known.reason().equals(reason)
                ? decision
                : decision.telling(TimelineEntry.ofRequest(now, Kind.WAITING, "Waiting: " + reason, message));
    }

    private static Holding facing(Holding holding, @Nullable Obstacle met) {
        return holding.with(holding.request().facing(met));
    }
}
