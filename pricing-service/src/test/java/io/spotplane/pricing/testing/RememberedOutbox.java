package io.spotplane.pricing.testing;

import io.spotplane.outbox.NewEvent;
import io.spotplane.outbox.Outbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** An outbox that remembers what was appended, or refuses to. */
public final class RememberedOutbox implements Outbox {

    public final List<NewEvent<?>> events = Collections.synchronizedList(new ArrayList<>());
    private @Nullable RuntimeException fault;

    public void breaks(@Nullable RuntimeException cause) {
        fault = cause;
    }

    @Override
    public Mono<Void> append(List<NewEvent<?>> appended) {
        return Mono.defer(() -> {
            if (fault != null) {
                return Mono.error(fault);
            }
            events.addAll(appended);
            return Mono.empty();
        });
    }
}
