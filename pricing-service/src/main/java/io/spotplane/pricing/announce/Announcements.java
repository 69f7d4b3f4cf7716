package io.spotplane.pricing.announce;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.MarketSwept;
import io.spotplane.contracts.event.OfferingRepriced;
import io.spotplane.contracts.event.OfferingWithdrawn;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.outbox.NewEvent;
import io.spotplane.pricing.offering.Change;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of changes. Offerings belong to no tenant, so their events carry {@link Event#PLATFORM}. */
public final class Announcements {

    private Announcements() {}

    /** One event for each of {@code changes}, in their order. */
    public static List<NewEvent<?>> of(List<Change> changes) {
        return changes.stream().<NewEvent<?>>map(Announcements::of).toList();
    }

    /** That the market of {@code provider} was collected in full, which confirms every price that did not change. */
    public static NewEvent<MarketSwept> swept(String provider, Instant asOf, int offerings) {
        return NewEvent.of(
                EventType.MARKET_SWEPT,
                MarketSwept.subjectOf(provider),
                Event.PLATFORM,
                new MarketSwept(provider, asOf, offerings));
    }

    private static NewEvent<?> of(Change change) {
        return switch (change) {
            case Change.Listed(var offering) -> repriced(offering, null);
            case Change.Altered(var offering, var before) -> repriced(offering, before.billedPrice());
            case Change.Withdrawn(var offering, var at) ->
                NewEvent.of(
                        EventType.OFFERING_WITHDRAWN,
                        offering.id(),
                        Event.PLATFORM,
                        new OfferingWithdrawn(offering.id(), offering.provider(), at));
        };
    }

    private static NewEvent<OfferingRepriced> repriced(Offering offering, @Nullable HourlyPrice before) {
        return NewEvent.of(
                EventType.OFFERING_REPRICED, offering.id(), Event.PLATFORM, new OfferingRepriced(offering, before));
    }
}
