package io.spotplane.pricing.risk.observed;

import io.spotplane.contracts.event.InstanceTransitioned;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.Spell;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the life of one of our machines. It begins when the machine was seen running and ends with the first of: a notice or a loss, which
 * is a reclaim, or our own decision, which only cuts the observation short. Events may come late, repeatedly, and in any order of topics.
 *
 * @param instanceId the machine, as Spotplane names it
 * @param pool where it is; null until an event of the machine itself came
 * @param spot whether it can be taken back
 * @param startedAt when it was seen running; null when it was not
 * @param endedAt when it ended; null while it lives
 * @param reclaimed whether its provider ended it
 * @param counted whether its life was added up already
 */
record ObservedLife(
        String instanceId,
        @Nullable Pool pool,
        boolean spot,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        boolean reclaimed,
        boolean counted) {

    private static final String INTERRUPTED = "INTERRUPTED";

    static ObservedLife unknown(String instanceId) {
        return new ObservedLife(instanceId, null, false, null, null, false, false);
    }

    /** After its machine changed its phase. */
    ObservedLife after(InstanceTransitioned change) {
        var known = new ObservedLife(
                instanceId,
                new Pool(change.provider(), change.region(), change.zone(), change.instanceType()),
                change.capacityType() == CapacityType.SPOT,
                startedAt,
                endedAt,
                reclaimed,
                counted);
        return switch (change.phase()) {
            case BOOTING, JOINING, READY -> known.started(change.changedAt());
            case LOST -> known.ended(change.changedAt(), true);
            case DRAINING -> known.ended(change.changedAt(), INTERRUPTED.equals(change.reason()));
            case TERMINATING, TERMINATED, FAILED -> known.ended(change.changedAt(), false);
            case INTENDED, LAUNCHING -> known;
        };
    }

    /** After its provider announced, or was found to have taken it back; by our clock, because providers' clocks differ. */
    ObservedLife interrupted(Instant receivedAt) {
        return ended(receivedAt, true);
    }

    private ObservedLife started(Instant at) {
        return startedAt == null ? new ObservedLife(instanceId, pool, spot, at, endedAt, reclaimed, counted) : this;
    }

    private ObservedLife ended(Instant at, boolean byProvider) {
        return endedAt == null ? new ObservedLife(instanceId, pool, spot, startedAt, at, byProvider, counted) : this;
    }

    /** The same, added up. */
    ObservedLife addedUp() {
        return new ObservedLife(instanceId, pool, spot, startedAt, endedAt, reclaimed, true);
    }

    /** Its life, to be added up: once it is over, known in full, and not added up before. */
    Optional<Spell> finished() {
        if (pool == null || startedAt == null || endedAt == null || !spot || counted) {
            return Optional.empty();
        }
        var end = endedAt.isBefore(startedAt) ? startedAt : endedAt;
        return Optional.of(new Spell(pool, startedAt, end, reclaimed));
    }
}
