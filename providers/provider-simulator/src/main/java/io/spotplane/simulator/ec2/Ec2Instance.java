package io.spotplane.simulator.ec2;

import io.spotplane.simulator.Timing;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.ledger.Cost;
import io.spotplane.simulator.ledger.LedgerLine;
import io.spotplane.simulator.ledger.Purchase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance. Its state follows from the clock: nothing has to tick for it to boot or to be reclaimed. */
final class Ec2Instance implements Purchase {

    final String id;
    final String spotRequestId;
    final Ec2Order order;
    final String zone;
    final BigDecimal price;
    final Instant createdAt;
    private final Timing timing;

    private @Nullable Instant endRequestedAt;
    private @Nullable String endedBy;
    private @Nullable Instant reclaimAnnouncedAt;
    private @Nullable Instant reclaimAt;

    Ec2Instance(
            String id,
            String spotRequestId,
            Ec2Order order,
            String zone,
            BigDecimal price,
            Instant createdAt,
            Timing timing) {
        this.id = id;
        this.spotRequestId = spotRequestId;
        this.order = order;
        this.zone = zone;
        this.price = price;
        this.createdAt = createdAt;
        this.timing = timing;
    }

    /** The same instance after a restart. */
    Ec2Instance(Entry entry, Timing timing) {
        this(entry.id, entry.spotRequestId, entry.order, entry.zone, entry.price, entry.createdAt, timing);
        this.endRequestedAt = entry.endRequestedAt;
        this.endedBy = entry.endedBy;
        this.reclaimAnnouncedAt = entry.reclaimAnnouncedAt;
        this.reclaimAt = entry.reclaimAt;
    }

    /** Everything about it that the clock does not tell. */
    record Entry(
            String id,
            String spotRequestId,
            Ec2Order order,
            String zone,
            BigDecimal price,
            Instant createdAt,
            @Nullable Instant endRequestedAt,
            @Nullable String endedBy,
            @Nullable Instant reclaimAnnouncedAt,
            @Nullable Instant reclaimAt) {}

    synchronized Entry entry() {
        return new Entry(
                id,
                spotRequestId,
                order,
                zone,
                price,
                createdAt,
                endRequestedAt,
                endedBy,
                reclaimAnnouncedAt,
                reclaimAt);
    }

    /** A state with EC2's code for it. */
    enum State {
        PENDING(0, "pending"),
        RUNNING(16, "running"),
        SHUTTING_DOWN(32, "shutting-down"),
        TERMINATED(48, "terminated");

        final int code;
        final String word;

        State(int code, String word) {
            this.code = code;
            this.word = word;
        }
    }

    synchronized State state(Instant now) {
        settleReclaim(now);
        if (endRequestedAt != null) {
            return now.isBefore(endRequestedAt.plus(timing.end())) ? State.SHUTTING_DOWN : State.TERMINATED;
        }
        return now.isBefore(createdAt.plus(timing.boot())) ? State.PENDING : State.RUNNING;
    }

    boolean visible(Instant now) {
        return !now.isBefore(createdAt.plus(timing.visible()));
    }

    boolean reachable(Instant now) {
        return state(now) == State.RUNNING && !now.isBefore(createdAt.plus(timing.reachable()));
    }

    synchronized void terminate(Instant now) {
        settleReclaim(now);
        if (endRequestedAt == null) {
            endRequestedAt = now;
            endedBy = "user";
        }
    }

    synchronized void announceReclaim(Instant now, Instant at) {
        reclaimAnnouncedAt = now;
        reclaimAt = at;
    }

    synchronized void reclaimNow(Instant now) {
        reclaimAt = now;
    }

    synchronized boolean markedForTermination(Instant now) {
        return reclaimAnnouncedAt != null && reclaimAt != null && now.isBefore(reclaimAt) && endRequestedAt == null;
    }

    synchronized @Nullable Instant reclaimAnnouncedAt() {
        return reclaimAnnouncedAt;
    }

    synchronized boolean reclaimed(Instant now) {
        settleReclaim(now);
        return "reclaim".equals(endedBy);
    }

    synchronized boolean endedByUser() {
        return "user".equals(endedBy);
    }

    private void settleReclaim(Instant now) {
        if (endRequestedAt == null && reclaimAt != null && !now.isBefore(reclaimAt)) {
            endRequestedAt = reclaimAt;
            endedBy = "reclaim";
        }
    }

    @Override
    public synchronized LedgerLine line(Instant now) {
        var state = state(now);
        var ended = endRequestedAt == null ? null : endRequestedAt;
        return new LedgerLine(
                Provider.AWS,
                id,
                order.tags().getOrDefault("Name", ""),
                order.clientToken(),
                order.instanceType(),
                order.region(),
                zone,
                order.spot() ? "spot" : "on-demand",
                Map.copyOf(order.tags()),
                state.word,
                state == State.PENDING || state == State.RUNNING,
                createdAt,
                ended,
                endedBy,
                price,
                Cost.of(price, createdAt, ended == null ? now : ended),
                "USD");
    }
}
