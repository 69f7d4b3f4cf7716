package io.spotplane.simulator.runpod;

import io.spotplane.simulator.Timing;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.ledger.Cost;
import io.spotplane.simulator.ledger.LedgerLine;
import io.spotplane.simulator.ledger.Purchase;
import io.spotplane.simulator.market.PodGpu;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pod. Its status follows from the clock. */
final class Pod implements Purchase {

    final String id;
    final PodOrder order;
    final PodGpu gpu;
    final String dataCentre;
    final BigDecimal costPerHour;
    final Instant createdAt;
    private final Timing timing;

    private @Nullable Instant endedAt;
    private @Nullable String endedBy;

    Pod(
            String id,
            PodOrder order,
            PodGpu gpu,
            String dataCentre,
            BigDecimal costPerHour,
            Instant createdAt,
            Timing timing) {
        this.id = id;
        this.order = order;
        this.gpu = gpu;
        this.dataCentre = dataCentre;
        this.costPerHour = costPerHour;
        this.createdAt = createdAt;
        this.timing = timing;
    }

    /** The same pod after a restart. */
    Pod(Entry entry, PodGpu gpu, Timing timing) {
        this(entry.id, entry.order, gpu, entry.dataCentre, entry.costPerHour, entry.createdAt, timing);
        this.endedAt = entry.endedAt;
        this.endedBy = entry.endedBy;
    }

    /** Everything about it that the clock does not tell. */
    record Entry(
            String id,
            PodOrder order,
            String dataCentre,
            BigDecimal costPerHour,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Nullable String endedBy) {}

    synchronized Entry entry() {
        return new Entry(id, order, dataCentre, costPerHour, createdAt, endedAt, endedBy);
    }

    synchronized String status(Instant now) {
        if (endedAt != null) {
            return "user".equals(endedBy) ? "TERMINATED" : "EXITED";
        }
        return now.isBefore(createdAt.plus(timing.boot())) ? "PROVISIONING" : "RUNNING";
    }

    /** Whether it can be used: some time after RUNNING. */
    synchronized boolean reachable(Instant now) {
        return endedAt == null && !now.isBefore(createdAt.plus(timing.reachable()));
    }

    /** Whether lists show it. */
    synchronized boolean listed(Instant now) {
        return !now.isBefore(createdAt.plus(timing.visible())) && !"user".equals(endedBy);
    }

    synchronized boolean living() {
        return endedAt == null;
    }

    synchronized void end(Instant now, String by) {
        if (endedAt == null) {
            endedAt = now;
            endedBy = by;
        } else if (by.equals("user")) {
            endedBy = by;
        }
    }

    BigDecimal costSoFar(Instant now) {
        var until = endedAt;
        return Cost.of(costPerHour, createdAt, until == null ? now : until);
    }

    int port() {
        return 10000 + Math.floorMod(id.hashCode(), 20000);
    }

    @Override
    public synchronized LedgerLine line(Instant now) {
        return new LedgerLine(
                Provider.RUNPOD,
                id,
                order.name(),
                order.name(),
                order.gpuTypeId(),
                dataCentre,
                order.secureCloud() ? "secure" : "community",
                order.spot() ? "spot" : "on-demand",
                Map.of(),
                status(now),
                endedAt == null,
                createdAt,
                endedAt,
                endedBy,
                costPerHour,
                costSoFar(now),
                "USD");
    }
}
