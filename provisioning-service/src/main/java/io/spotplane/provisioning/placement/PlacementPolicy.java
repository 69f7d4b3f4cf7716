package io.spotplane.provisioning.placement;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.provisioning.holding.Wanted;
import io.spotplane.provisioning.offering.CoolDown;
import io.spotplane.provisioning.placement.Rejection.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A rule of placement: says why an offering is left out, or nothing. */
@FunctionalInterface
interface PlacementPolicy {

    /** Why {@code offering} is left out; empty when this rule has nothing against it. */
    Optional<Rejection> check(Wanted wanted, Offering offering, Market market, Instant now);

    /** The hardware is what was asked for. */
    PlacementPolicy SHAPE = (wanted, offering, _, _) ->
            leaveOut(!wanted.shape().fits(offering), Reason.OTHER_SHAPE, "expected " + wanted.shape());

    /** Spot or on demand, as asked for. */
    PlacementPolicy CAPACITY_TYPE = (wanted, offering, _, _) -> leaveOut(
            wanted.capacityType() != null && wanted.capacityType() != offering.capacityType(),
            Reason.OTHER_CAPACITY_TYPE,
            "is " + offering.capacityType());

    /** One of the providers that were asked for. */
    PlacementPolicy PROVIDER = (wanted, offering, _, _) -> leaveOut(
            !wanted.providers().isEmpty() && !wanted.providers().contains(offering.provider()),
            Reason.OTHER_PROVIDER,
            "is of " + offering.provider());

    /** In one of the regions that were asked for. */
    PlacementPolicy REGION = (wanted, offering, _, _) -> leaveOut(
            !wanted.regions().isEmpty() && !wanted.regions().contains(offering.region()),
            Reason.OTHER_REGION,
            "is in " + offering.region());

    /** In the currency in which the request is reckoned. */
    PlacementPolicy CURRENCY = (wanted, offering, _, _) -> leaveOut(
            !wanted.currency().equals(offering.billedPrice().currency()),
            Reason.OTHER_CURRENCY,
            "costs " + offering.billedPrice());

    /** Of a provider at which orders can be placed. */
    PlacementPolicy LAUNCHABLE = (_, offering, market, _) -> leaveOut(
            !market.launchable().contains(offering.provider()),
            Reason.NOT_LAUNCHABLE,
            "no account at " + offering.provider());

    /** What is billed lies within the cap; exactly the cap is within. */
    PlacementPolicy WITHIN_CAP = (wanted, offering, _, _) -> leaveOut(
            wanted.maxPricePerHour() != null
                    && wanted.currency().equals(offering.billedPrice().currency())
                    && offering.billedPrice().exceeds(wanted.maxPricePerHour()),
            Reason.ABOVE_CAP,
            "costs " + offering.billedPrice() + ", at most " + wanted.maxPricePerHour());

    /** Not known to be sold out. */
    PlacementPolicy IN_STOCK = (_, offering, _, _) ->
            leaveOut(offering.availability() == Availability.NONE, Reason.SOLD_OUT, "its provider shows none");

    /** Not refused or taken back a short while ago. */
    PlacementPolicy RESTED = (_, offering, market, _) -> market.coolDown(CoolDown.Scope.OFFERING, offering)
            .map(rest -> new Rejection(Reason.COOLING_DOWN, rest.reason() + " until " + rest.until()));

    /** Of an account that takes orders. */
    PlacementPolicy ACCOUNT_OPEN = (_, offering, market, _) -> market.coolDown(CoolDown.Scope.ACCOUNT, offering)
            .map(rest -> new Rejection(Reason.ACCOUNT_SUSPENDED, rest.reason() + ": " + rest.message()));

    /** Its price was confirmed not longer than {@code maxAge} ago. */
    static PlacementPolicy fresh(Duration maxAge) {
        return (_, offering, _, now) -> leaveOut(
                offering.receivedAt().plus(maxAge).isBefore(now),
                Reason.STALE,
                "confirmed at " + offering.receivedAt() + ", at most " + maxAge + " ago");
    }

    /** All rules, those that name what the tenant chose before those that name what the market does. */
    static List<PlacementPolicy> all(Duration maxPriceAge) {
        return List.of(
                SHAPE,
                CAPACITY_TYPE,
                PROVIDER,
                REGION,
                CURRENCY,
                LAUNCHABLE,
                WITHIN_CAP,
                fresh(maxPriceAge),
                IN_STOCK,
                ACCOUNT_OPEN,
                RESTED);
    }

    private static Optional<Rejection> leaveOut(boolean leftOut, Reason reason, String detail) {
        return leftOut ? Optional.of(new Rejection(reason, detail)) : Optional.empty();
    }
}
