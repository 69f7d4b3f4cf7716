package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a request, with everything that is known of it.
 *
 * @param id UUIDv7
 * @param requestId the request it serves
 * @param tenant whose it is
 * @param order what was, or will be, ordered
 * @param price what an hour costs: the offering's billed price, then what the provider says it bills
 * @param replaces the instance it replaces; null for none
 * @param replacedBy the instance that replaces it; null for none
 * @param notice that its provider takes it back; null when nobody said so
 * @param milestones when it got where
 * @param address where it can be reached; null until known
 * @param state where it stands
 * @param version counts its changes from 1
 */
public record Instance(
        UUID id,
        UUID requestId,
        String tenant,
        Order order,
        HourlyPrice price,
        @Nullable UUID replaces,
        @Nullable UUID replacedBy,
        @Nullable Notice notice,
        Milestones milestones,
        @Nullable String address,
        InstanceState state,
        long version) {

    /** A launch that is written down now. */
    public static Instance intend(
            UUID id, UUID requestId, String tenant, Order order, @Nullable UUID replaces, Instant now) {
        return new Instance(
                id,
                requestId,
                tenant,
                order,
                order.offering().billedPrice(),
                replaces,
                null,
                null,
                Milestones.intended(now),
                null,
                Intended.at(now),
                1);
    }

    /** The same instance in another state. */
    public Instance become(InstanceState next, Instant now) {
        return new Instance(
                id,
                requestId,
                tenant,
                order,
                price,
                replaces,
                replacedBy,
                notice,
                milestones.reached(next, now),
                address,
                next,
                version);
    }

    /** With what a list says of it beside its state. */
    public Instance seenAt(@Nullable String foundAddress, @Nullable HourlyPrice billed) {
        var known = foundAddress == null ? address : foundAddress;
        var cost = billed == null || !billed.currency().equals(price.currency()) ? price : billed;
        return new Instance(
                id, requestId, tenant, order, cost, replaces, replacedBy, notice, milestones, known, state, version);
    }

    /** With the notice that its provider takes it back. */
    public Instance noticed(Notice received) {
        return new Instance(
                id,
                requestId,
                tenant,
                order,
                price,
                replaces,
                replacedBy,
                received,
                milestones,
                address,
                state,
                version);
    }

    /** With the instance that replaces it. */
    public Instance replacedBy(UUID successor) {
        return new Instance(
                id, requestId, tenant, order, price, replaces, successor, notice, milestones, address, state, version);
    }

    /** The same with the next version number. */
    public Instance nextVersion() {
        return new Instance(
                id,
                requestId,
                tenant,
                order,
                price,
                replaces,
                replacedBy,
                notice,
                milestones,
                address,
                state,
                version + 1);
    }

    /** Its provider's name. */
    public String provider() {
        return order.offering().provider();
    }

    /** The machine at the provider; empty before the provider named one. */
    public Optional<ProviderInstanceId> machine() {
        return switch (state) {
            case Owned owned -> Optional.of(owned.machine());
            case Lost lost -> Optional.of(lost.machine());
            case Failed failed -> Optional.ofNullable(failed.remains().machine());
            case Intended _, Terminated _ -> Optional.empty();
        };
    }

    /** Whether work on it is left: it lives, or something of it may still be at its provider. */
    public boolean open() {
        return !(state instanceof Closed closed) || closed.remains().any();
    }

    /** Whether it counts towards what the request wants. */
    public boolean serving() {
        return state instanceof Intended || state instanceof Usable;
    }

    /** Whether it is ready. */
    public boolean ready() {
        return state instanceof Ready;
    }

    /** Whether an order for it is out without a known answer. */
    public boolean inDoubt() {
        return state instanceof Intended intended && intended.doubt() != null;
    }

    /** What it has cost: from the order until its end was proved. Nothing when it never came to be. */
    public Money cost(Instant now) {
        return state instanceof Intended || state instanceof Failed ? free() : exposure(now);
    }

    /** What it may have cost, orders in doubt included: what a budget must reckon with. */
    public Money exposure(Instant now) {
        if (milestones.orderedAt() == null || state instanceof Failed) {
            return free();
        }
        var end = milestones.endedAt() == null ? now : milestones.endedAt();
        var time = Duration.between(milestones.orderedAt(), end);
        return time.isNegative() ? free() : price.during(time);
    }

    /** The order as its provider gets it. */
    public LaunchOrder launchOrder(String owner) {
        return order.signed(owner, requestId, tenant);
    }

    /** When its end is to be asked for (again), if it is. */
    public Optional<Farewell> farewell() {
        return switch (state) {
            case Terminating terminating -> Optional.of(terminating.farewell());
            case Closed closed -> Optional.ofNullable(closed.remains().farewell());
            case Intended _, Usable _, Draining _ -> Optional.empty();
        };
    }

    /** Its end was asked for once more. */
    public Instance asked(boolean accepted, Instant now) {
        return farewell()
                .map(farewell -> become(withFarewell(farewell.asked(accepted, now)), now))
                .orElse(this);
    }

    private InstanceState withFarewell(Farewell farewell) {
        return switch (state) {
            case Terminating terminating -> terminating.with(farewell);
            case Closed closed -> closed.with(closed.remains().with(farewell));
            case Intended _, Usable _, Draining _ -> state;
        };
    }

    private Money free() {
        return Money.zero(price.currency());
    }
}
