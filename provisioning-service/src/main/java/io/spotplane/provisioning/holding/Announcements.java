package io.spotplane.provisioning.holding;

import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.InstanceTransitioned;
import io.spotplane.contracts.event.Interruption;
import io.spotplane.contracts.event.RequestChanged;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.outbox.NewEvent;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Lost;
import io.spotplane.provisioning.instance.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be announced, from the difference between two holdings: no change can be made without its event. */
final class Announcements {

    private Announcements() {}

    static NewEvent<RequestChanged> accepted(Holding holding, Instant now) {
        return ofRequest(EventType.REQUEST_ACCEPTED, holding, now);
    }

    static List<NewEvent<?>> between(Holding before, Holding after, Instant now) {
        var events = new ArrayList<NewEvent<?>>();
        for (var instance : after.instances()) {
            var known = before.instance(instance.id()).orElse(null);
            transition(known, instance, now, events);
            interruption(known, instance, after, events);
        }
        request(before, after, now, events);
        return events;
    }

    private static void transition(@Nullable Instance before, Instance after, Instant now, List<NewEvent<?>> events) {
        var from = before == null ? null : before.state().phase();
        if (from != after.state().phase()) {
            events.add(NewEvent.of(
                    EventType.INSTANCE_TRANSITIONED,
                    after.id().toString(),
                    after.tenant(),
                    transitioned(from, after, now)));
        }
    }

    private static void interruption(
            @Nullable Instance before, Instance after, Holding holding, List<NewEvent<?>> events) {
        var notice = after.notice();
        if (notice == null) {
            return;
        }
        if (before == null || before.notice() == null) {
            var type = notice.certainty() == Interruption.Certainty.ANNOUNCED
                    ? EventType.INTERRUPTION_NOTICED
                    : EventType.INTERRUPTION_OBSERVED;
            events.add(interrupted(type, notice, after, holding));
        } else if (after.state() instanceof Lost && !(before.state() instanceof Lost)) {
            var cameTrue = new Notice(
                    Interruption.Certainty.OBSERVED, "inspection", notice.noticedAt(), notice.receivedAt(), null);
            events.add(interrupted(EventType.INTERRUPTION_OBSERVED, cameTrue, after, holding));
        }
    }

    private static void request(Holding before, Holding after, Instant now, List<NewEvent<?>> events) {
        var was = before.request();
        var is = after.request();
        if (was.ending() == null && is.ending() != null && is.ending().cause() == Ending.Cause.DELETED) {
            events.add(ofRequest(EventType.REQUEST_DELETED, after, now));
        }
        if (is.ending() == null && before.missing() > 0 && after.missing() == 0) {
            events.add(ofRequest(EventType.REQUEST_PLACED, after, now));
        }
        if (was.standing().phase() != is.standing().phase()) {
            phaseEvent(was.standing().phase(), is)
                    .map(type -> ofRequest(type, after, now))
                    .ifPresent(events::add);
        }
    }

    private static Optional<EventType> phaseEvent(RequestPhase from, CapacityRequest request) {
        return Optional.ofNullable(
                switch (request.standing().phase()) {
                    case READY -> EventType.REQUEST_SETTLED;
                    case TERMINATED -> EventType.REQUEST_TERMINATED;
                    case FAILED -> EventType.REQUEST_FAILED;
                    default ->
                        from == RequestPhase.READY && request.ending() == null ? EventType.REQUEST_DISTURBED : null;
                });
    }

    private static NewEvent<RequestChanged> ofRequest(EventType type, Holding holding, Instant now) {
        var request = holding.request();
        var standing = request.standing();
        var data = new RequestChanged(
                request.id().toString(),
                request.name(),
                request.kind(),
                standing.phase(),
                standing.reason(),
                standing.message(),
                request.wanted().instances(),
                standing.instancesReady(),
                holding.spent(now),
                now);
        return NewEvent.of(type, request.id().toString(), request.tenant(), data);
    }

    private static InstanceTransitioned transitioned(@Nullable InstancePhase from, Instance instance, Instant now) {
        var offering = instance.order().offering();
        return new InstanceTransitioned(
                instance.id().toString(),
                instance.requestId().toString(),
                from,
                instance.state().phase(),
                instance.state().reason(),
                instance.state().message(),
                instance.provider(),
                instance.machine().map(ProviderInstanceId::value).orElse(null),
                offering.id(),
                offering.region(),
                offering.zone(),
                offering.instanceType(),
                offering.capacityType(),
                instance.price(),
                instance.address(),
                text(instance.replaces()),
                now);
    }

    private static NewEvent<Interruption> interrupted(
            EventType type, Notice notice, Instance instance, Holding holding) {
        var data = new Interruption(
                instance.id().toString(),
                instance.requestId().toString(),
                instance.provider(),
                instance.machine().map(ProviderInstanceId::value).orElse(""),
                notice.certainty(),
                notice.source(),
                notice.noticedAt(),
                notice.receivedAt(),
                notice.deadline(),
                text(instance.replacedBy()),
                instance.replacedBy() != null ? null : whyNotReplaced(holding.request()));
        return new NewEvent<>(type, instance.id().toString(), instance.tenant(), notice.deadline(), data);
    }

    private static String whyNotReplaced(CapacityRequest request) {
        if (request.ending() != null) {
            return request.ending().cause().reason().name();
        }
        return request.obstacle() == null ? "NOT_NEEDED" : request.obstacle().reason();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : Objects.toString(id);
    }
}
