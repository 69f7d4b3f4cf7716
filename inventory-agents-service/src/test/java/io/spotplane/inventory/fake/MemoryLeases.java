package io.spotplane.inventory.fake;

import io.spotplane.inventory.lease.Lease;
import io.spotplane.inventory.lease.Leases;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Leases in a map, on the test's clock. One of these is one database; each replica takes from the same. */
public final class MemoryLeases implements Leases {

    private record Row(long fence, long expiresAt, long dueAt) {}

    private final Map<String, Row> rows = new HashMap<>();
    private final AtomicLong fences = new AtomicLong();
    private final Scheduler clock;

    public MemoryLeases(Scheduler clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Lease> take(Terms terms, boolean now) {
        return Mono.fromSupplier(() -> isFree(terms.duty(), now) ? hold(terms) : null);
    }

    @Override
    public Mono<Boolean> giveBack(Lease lease) {
        return Mono.fromSupplier(() -> {
            var held = holds(lease);
            rows.computeIfPresent(lease.duty(), (duty, row) -> held ? new Row(row.fence(), 0, row.dueAt()) : row);
            return held;
        });
    }

    @Override
    public Mono<Void> prove(Lease lease) {
        return holds(lease) ? Mono.empty() : Mono.error(new IllegalStateException("lost"));
    }

    /** Another replica takes the lease although it is held, as happens after a long pause. */
    public void steal(String duty) {
        rows.put(duty, new Row(fences.incrementAndGet(), Long.MAX_VALUE, 0));
    }

    private boolean isFree(String duty, boolean now) {
        var row = rows.getOrDefault(duty, new Row(0, 0, 0));
        return row.expiresAt() <= millis() && (now || row.dueAt() <= millis());
    }

    private Lease hold(Terms terms) {
        var lease = new Lease(terms.duty(), fences.incrementAndGet());
        rows.put(
                terms.duty(),
                new Row(
                        lease.fence(),
                        millis() + terms.lasts().toMillis(),
                        millis() + terms.rest().toMillis()));
        return lease;
    }

    private boolean holds(Lease lease) {
        var row = rows.get(lease.duty());
        return row != null && row.fence() == lease.fence();
    }

    private long millis() {
        return clock.now(TimeUnit.MILLISECONDS);
    }
}
