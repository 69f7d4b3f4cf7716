package io.spotplane.outbox;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.HostVanished;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Events to append, told apart by their subject. */
final class HostEvents {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private HostEvents() {}

    static List<NewEvent<?>> of(String... subjects) {
        return Stream.of(subjects).<NewEvent<?>>map(HostEvents::vanished).toList();
    }

    private static NewEvent<HostVanished> vanished(String subject) {
        return NewEvent.of(EventType.HOST_VANISHED, subject, Event.PLATFORM, new HostVanished(subject, NOON));
    }
}
