package io.spotplane.provisioning.holding;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.provisioning.instance.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A request and what is held for it.
 *
 * @param request the request
 * @param instances the instances that are open, and those closed by the present decision
 * @param spentBefore what the closed instances that are not among {@code instances} have cost
 */
public record Holding(CapacityRequest request, List<Instance> instances, Money spentBefore) {
    public Holding {
        instances = List.copyOf(instances);
    }

    /** A request for which nothing was bought yet. */
    public static Holding of(CapacityRequest request) {
        return new Holding(request, List.of(), Money.zero(request.wanted().currency()));
    }

    /** The instance with this id, if it is among those in hand. */
    public Optional<Instance> instance(UUID id) {
        return instances.stream().filter(instance -> instance.id().equals(id)).findFirst();
    }

    /** With another state of the request. */
    public Holding with(CapacityRequest changed) {
        return new Holding(changed, instances, spentBefore);
    }

    /** With {@code changed} in place of the instance of the same id. */
    public Holding with(Instance changed) {
        return each(instance -> instance.id().equals(changed.id()) ? changed : instance);
    }

    /** With one more instance. */
    public Holding adding(Instance added) {
        var all = new ArrayList<>(instances);
        all.add(added);
        return new Holding(request, all, spentBefore);
    }

    /** With {@code change} applied to every instance. */
    public Holding each(UnaryOperator<Instance> change) {
        return new Holding(request, instances.stream().map(change).toList(), spentBefore);
    }

    /** Instances that count towards what is wanted. */
    public List<Instance> serving() {
        return instances.stream().filter(Instance::serving).toList();
    }

    /** How many instances are ready. */
    public int ready() {
        return (int) instances.stream().filter(Instance::ready).count();
    }

    /** How many instances are wanted and neither there nor on their way; none once the request is over. */
    public int missing() {
        return request.ending() != null
                ? 0
                : Math.max(0, request.wanted().instances() - serving().size());
    }

    /** Whether something is left, or may be left, at a provider. */
    public boolean open() {
        return instances.stream().anyMatch(Instance::open);
    }

    /** What everything has cost so far. */
    public Money spent(Instant now) {
        return sum(instances.stream().map(instance -> instance.cost(now)));
    }

    /** What everything may have cost so far, orders in doubt included. */
    public Money exposure(Instant now) {
        return sum(instances.stream().map(instance -> instance.exposure(now)));
    }

    /** What an hour costs at present: every machine that was ordered and is not proved gone. */
    public HourlyPrice hourly() {
        return instances.stream()
                .filter(Holding::billed)
                .map(instance -> instance.price().forOneHour())
                .reduce(Money::plus)
                .map(HourlyPrice::per)
                .orElse(HourlyPrice.per(Money.zero(request.wanted().currency())));
    }

    private Money sum(Stream<Money> costs) {
        return costs.reduce(spentBefore, Money::plus);
    }

    private static boolean billed(Instance instance) {
        var milestones = instance.milestones();
        return milestones.orderedAt() != null && milestones.endedAt() == null;
    }
}
