package io.spotplane.pricing.risk.observed;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.InstanceTransitioned;
import io.spotplane.contracts.event.Interruption;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.pricing.risk.Pool;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What provisioning says of machines. */
final class Events {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final Pool POOL = new Pool("harbour", "eu-1", "eu-1a", "l4");

    private Events() {}

    static InstanceTransitioned turned(InstancePhase phase, @Nullable String reason, Instant at) {
        return turned(CapacityType.SPOT, phase, reason, at);
    }

    static InstanceTransitioned turned(CapacityType type, InstancePhase phase, @Nullable String reason, Instant at) {
        return turned("i-1", POOL, type, phase, reason, at);
    }

    static InstanceTransitioned turned(
            String instance, Pool pool, CapacityType type, InstancePhase phase, @Nullable String reason, Instant at) {
        return new InstanceTransitioned(
                instance,
                "request",
                null,
                phase,
                reason,
                "it is so",
                pool.provider(),
                "provider-" + instance,
                "offering",
                pool.region(),
                pool.zone(),
                pool.instanceType(),
                type,
                new HourlyPrice(new BigDecimal("0.30"), "USD"),
                null,
                null,
                at);
    }

    static Interruption noticed(String instance, Instant at) {
        return new Interruption(
                instance,
                "request",
                "harbour",
                "provider-" + instance,
                Interruption.Certainty.ANNOUNCED,
                "event",
                at,
                at,
                at.plusSeconds(120),
                null,
                "NOT_NEEDED");
    }

    static Event<InstanceTransitioned> event(InstanceTransitioned change) {
        return wrapped(EventType.INSTANCE_TRANSITIONED, change.instanceId(), change);
    }

    static Event<Interruption> event(Interruption interruption) {
        return wrapped(EventType.INTERRUPTION_NOTICED, interruption.instanceId(), interruption);
    }

    private static <T> Event<T> wrapped(EventType type, String subject, T data) {
        return new Event<>(
                UUID.randomUUID().toString(),
                type,
                "/spotplane/provisioning-service",
                subject,
                "acme",
                1,
                NOON,
                null,
                null,
                data);
    }
}
