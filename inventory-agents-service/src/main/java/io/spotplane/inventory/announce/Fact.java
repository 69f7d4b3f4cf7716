package io.spotplane.inventory.announce;

import io.spotplane.contracts.event.AggregateObserved;
import io.spotplane.contracts.event.AggregateVanished;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.HostObserved;
import io.spotplane.contracts.event.HostVanished;
import io.spotplane.outbox.NewEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that the world is told.
 *
 * @param thing of what
 * @param fingerprint what is noted as told; null when it vanished
 * @param event what is told
 */
record Fact(Thing thing, @Nullable String fingerprint, NewEvent<?> event) {

    /** What things there are. */
    enum Kind {
        HOST,
        AGGREGATE
    }

    /** A host or aggregate of a cloud. */
    record Thing(Kind kind, String cloud, String id) {}

    /** Whether exactly this was told before. */
    boolean isAnnounced(Map<Thing, String> announced) {
        return fingerprint != null && fingerprint.equals(announced.get(thing));
    }

    static Fact of(HostObserved host) {
        return new Fact(
                new Thing(Kind.HOST, host.cloud(), host.hostId()),
                Fingerprint.of(host),
                NewEvent.of(EventType.HOST_OBSERVED, host.hostId(), Event.PLATFORM, host));
    }

    static Fact of(AggregateObserved aggregate) {
        return new Fact(
                new Thing(Kind.AGGREGATE, aggregate.cloud(), aggregate.aggregateId()),
                Fingerprint.of(aggregate),
                NewEvent.of(EventType.AGGREGATE_OBSERVED, aggregate.aggregateId(), Event.PLATFORM, aggregate));
    }

    static Fact vanished(Thing thing, Instant at) {
        var id = thing.id();
        return switch (thing.kind()) {
            case HOST ->
                new Fact(
                        thing,
                        null,
                        NewEvent.of(EventType.HOST_VANISHED, id, Event.PLATFORM, new HostVanished(id, at)));
            case AGGREGATE ->
                new Fact(
                        thing,
                        null,
                        NewEvent.of(EventType.AGGREGATE_VANISHED, id, Event.PLATFORM, new AggregateVanished(id, at)));
        };
    }
}
