package io.spotplane.pricing.recommendation;

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

/** Deletes recommendations that need not be kept any more. Any number of replicas may do so at once. */
@Component
class ForgetRecommendations implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetRecommendations.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Recommendations recommendations;
    private final RecommendationSettings settings;
    private final Clock clock;
    private volatile @Nullable Disposable running;

    ForgetRecommendations(Recommendations recommendations, RecommendationSettings settings, Clock clock) {
        this.recommendations = recommendations;
        this.settings = settings;
        this.clock = clock;
    }

    /** One look; tells how many went. */
    Mono<Long> forget() {
        return Mono.defer(() -> recommendations.forget(clock.instant())).timeout(PATIENCE);
    }

    @Override
    public void start() {
        running = Flux.interval(settings.every())
                .onBackpressureDrop()
                .concatMap(tick -> forget().onErrorResume(ForgetRecommendations::tellAndGoOn))
                .subscribe();
    }

    private static Mono<Long> tellAndGoOn(Throwable fault) {
        LOG.warn("cannot delete old recommendations now", fault);
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
