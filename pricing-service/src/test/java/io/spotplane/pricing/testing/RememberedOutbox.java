package io.spotplane.pricing.testing;

import io.spotplane.outbox.NewEvent;
import io.spotplane.outbox.Outbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** An outbox that remembers what was appended, or refuses to. */
public final class RememberedOutbox implements Outbox {

    public final List<NewEvent<?>> events = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger appends = new AtomicInteger();
    private @Nullable RuntimeException fault;
    private volatile int healthy;

    public void breaks(@Nullable RuntimeException cause) {
        breaksAfter(0, cause);
    }

    /** Takes {@code more} appends and then no other. */
    public void breaksAfter(int more, @Nullable RuntimeException cause) {
        healthy = appends.get() + more;
        fault = cause;
    }

    @Override
    public Mono<Void> append(List<NewEvent<?>> appended) {
        return Mono.defer(() -> {
            if (fault != null && appends.incrementAndGet() > healthy) {
                return Mono.error(fault);
            }
            events.addAll(appended);
            return Mono.empty();
        });
    }
}
