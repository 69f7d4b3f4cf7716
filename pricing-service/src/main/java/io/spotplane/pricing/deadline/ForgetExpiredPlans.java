package io.spotplane.pricing.deadline;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes plans whose deadline is long past. Any number of replicas may do so at once. */
@Component
class ForgetExpiredPlans implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetExpiredPlans.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final DeadlinePlans plans;
    private final Clock clock;
    private volatile @Nullable Disposable running;

    ForgetExpiredPlans(DeadlinePlans plans, Clock clock) {
        this.plans = plans;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> plans.forgetExpired(clock.instant()).onErrorResume(ForgetExpiredPlans::tryNextTime))
                .subscribe();
    }

    private static Mono<Long> tryNextTime(Throwable fault) {
        LOG.warn("expired plans were not deleted this time: {}", fault.toString());
        return Mono.empty();
    }

    @Override
    public void stop() {
        var present = running;
        if (present != null) {
            present.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
