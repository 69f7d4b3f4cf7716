package io.spotplane.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Something small that is done again and again while the service runs, safe to do any number of times. */
public abstract class Duty implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Duty.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Flux<Void> repeated;
    private @Nullable Disposable running;

    /** Does {@code once} every {@code period}; {@code name} completes "Could not …". */
    protected Duty(String name, Duration period, Mono<Void> once) {
        repeated = Flux.interval(period)
                .onBackpressureDrop()
                .concatMap(
                        tick -> once.timeout(LIMIT).onErrorResume(fault -> {
                            log.warn("Could not {}: {}", name, fault.toString());
                            return Mono.empty();
                        }),
                        0);
    }

    @Override
    public void start() {
        running = repeated.subscribe();
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null && !running.isDisposed();
    }
}
