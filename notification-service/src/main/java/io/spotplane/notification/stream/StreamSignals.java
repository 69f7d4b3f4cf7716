package io.spotplane.notification.stream;

import io.spotplane.outbox.DatabaseSignals;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One listening connection for all streams of this process. Stops before the web server does, and ends the streams, so that a
 * stop does not wait for readers who never leave.
 */
@Component
class StreamSignals implements SmartLifecycle {

    private final DatabaseSignals database;
    private final Sinks.Many<String> tenants = Sinks.many().multicast().directBestEffort();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private @Nullable Disposable listening;

    StreamSignals(DatabaseSignals database) {
        this.database = database;
    }

    /** A tick when something of {@code tenant} may have been logged; ticks that nobody had time for become one. */
    Flux<String> of(String tenant) {
        return tenants.asFlux()
                .filter(signal -> signal.isEmpty() || signal.equals(tenant))
                .onBackpressureLatest();
    }

    /** Completes when this process stops. */
    Mono<Void> stopping() {
        return stopping.asMono();
    }

    @Override
    public void start() {
        listening = database.on("event_log").subscribe(tenants::tryEmitNext);
    }

    @Override
    public void stop() {
        stopping.tryEmitEmpty();
        if (listening != null) {
            listening.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return listening != null && !listening.isDisposed();
    }
}
