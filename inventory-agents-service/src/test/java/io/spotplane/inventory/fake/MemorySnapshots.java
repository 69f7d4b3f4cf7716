package io.spotplane.inventory.fake;

import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Snapshots;
import io.spotplane.inventory.snapshot.Source;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Snapshots in a map, with the rule of the fence. */
public final class MemorySnapshots implements Snapshots {

    private final Map<Source<?>, Snapshot<?>> kept = new HashMap<>();

    @Override
    @SuppressWarnings("unchecked")
    public <T> Mono<Snapshot<T>> latest(Source<T> source) {
        return Mono.fromSupplier(() -> (Snapshot<T>) kept.get(source));
    }

    @Override
    public Mono<Boolean> keep(Snapshot<?> snapshot) {
        return Mono.fromSupplier(() -> keepNow(snapshot));
    }

    /** The snapshot of {@code source}, which must be there. */
    public <T> Snapshot<T> of(Source<T> source) {
        return latest(source).blockOptional().orElseThrow();
    }

    private boolean keepNow(Snapshot<?> snapshot) {
        var before = kept.get(snapshot.source());
        if (before != null && before.fence() > snapshot.fence()) {
            return false;
        }
        kept.put(snapshot.source(), snapshot);
        return true;
    }
}
