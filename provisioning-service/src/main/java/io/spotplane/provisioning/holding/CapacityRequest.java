package io.spotplane.provisioning.holding;

import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's wish for capacity.
 *
 * @param id UUIDv7, or the subject of the event that brought it
 * @param tenant whose it is
 * @param kind GPU or node request
 * @param name unique per tenant among live requests; null for none
 * @param wanted what is wanted
 * @param ending that it is over; null while it is wanted
 * @param obstacle why instances are missing; null when none is, or nobody has looked yet
 * @param standing where it stands
 * @param createdBy who asked, by the token's subject or the event's source
 * @param traceparent W3C trace context of the call that brought it; null when there was none
 * @param createdAt when it was accepted
 * @param changedAt when it changed last
 * @param version counts its changes from 1
 */
public record CapacityRequest(
        UUID id,
        String tenant,
        RequestKind kind,
        @Nullable String name,
        Wanted wanted,
        @Nullable Ending ending,
        @Nullable Obstacle obstacle,
        Standing standing,
        String createdBy,
        @Nullable String traceparent,
        Instant createdAt,
        Instant changedAt,
        long version) {

    /** A request that is accepted now. */
    public static CapacityRequest accept(
            UUID id,
            String tenant,
            RequestKind kind,
            @Nullable String name,
            Wanted wanted,
            String createdBy,
            @Nullable String traceparent,
            Instant now) {
        var standing =
                new Standing(RequestPhase.PENDING, null, "Accepted; nobody has looked for offers yet", List.of(), 0);
        var request = new CapacityRequest(
                id, tenant, kind, name, wanted, null, null, standing, createdBy, traceparent, now, now, 1);
        return request.with(Settlement.standingOf(Holding.of(request), now));
    }

    /** It is over; the first cause stays. */
    public CapacityRequest end(Ending.Cause cause, Instant now) {
        return ending != null ? this : with(new Ending(cause, now), null);
    }

    /** Instances are missing because of {@code met}; null when none is. */
    public CapacityRequest facing(@Nullable Obstacle met) {
        return with(ending, met);
    }

    /** Whether nothing of it is left and nothing will come. */
    public boolean closed() {
        return standing.phase() == RequestPhase.TERMINATED || standing.phase() == RequestPhase.FAILED;
    }

    CapacityRequest with(Standing now) {
        return new CapacityRequest(
                id,
                tenant,
                kind,
                name,
                wanted,
                ending,
                obstacle,
                now,
                createdBy,
                traceparent,
                createdAt,
                changedAt,
                version);
    }

    CapacityRequest nextVersion(Instant now) {
        return new CapacityRequest(
                id,
                tenant,
                kind,
                name,
                wanted,
                ending,
                obstacle,
                standing,
                createdBy,
                traceparent,
                createdAt,
                now,
                version + 1);
    }

    private CapacityRequest with(@Nullable Ending over, @Nullable Obstacle met) {
        return new CapacityRequest(
                id,
                tenant,
                kind,
                name,
                wanted,
                over,
                met,
                standing,
                createdBy,
                traceparent,
                createdAt,
                changedAt,
                version);
    }
}
