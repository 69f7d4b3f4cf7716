package io.spotplane.notification.delivery;

import io.spotplane.notification.NotificationSettings;
import io.spotplane.notification.channel.Channel;
import io.spotplane.outbox.DatabaseSignals;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Works off what is due. Looks when a transaction with deliveries committed (on any replica), when an attempt ended, and from
 * time to time; then takes what it has room for and sends all of it at once.
 */
@Component
class DeliveryWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(10);

    private final DueDeliveries deliveries;
    private final Channel channel;
    private final DatabaseSignals signals;
    private final DeliveryMeters meters;
    private final NotificationSettings.Delivery settings;
    private final Clock clock;
    private final Judgement judgement =
            new Judgement(new RetrySchedule(() -> ThreadLocalRandom.current().nextDouble()));
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Sinks.Many<String> ended = Sinks.many().multicast().directBestEffort();
    private @Nullable Disposable work;

    DeliveryWorker(
            DueDeliveries deliveries,
            Channel channel,
            DatabaseSignals signals,
            DeliveryMeters meters,
            NotificationSettings settings,
            Clock clock) {
        this.deliveries = deliveries;
        this.channel = channel;
        this.signals = signals;
        this.meters = meters;
        this.settings = settings.delivery();
        this.clock = clock;
    }

    @Override
    public void start() {
        work = Flux.merge(signals.on("delivery"), ended.asFlux().onBackpressureLatest(), polls())
                .onBackpressureLatest()
                .concatMap(reason -> claim(), 1)
                .flatMap(this::deliver, settings.inFlight())
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, settings.poll()))
                .subscribe();
    }

    private Flux<String> polls() {
        return Flux.interval(settings.poll()).map(tick -> "").onBackpressureDrop();
    }

    private Flux<DueDelivery> claim() {
        var room = settings.inFlight() - inFlight.get();
        if (room <= 0) {
            return Flux.empty();
        }
        return deliveries
                .claim(room)
                .timeout(DATABASE_LIMIT)
                .collectList()
                .onErrorResume(fault -> {
                    log.warn("Could not look for due deliveries: {}", fault.toString());
                    return Mono.empty();
                })
                .doOnNext(claimed -> inFlight.addAndGet(claimed.size()))
                .flatMapIterable(claimed -> claimed);
    }

    /** Sends once and writes down what it led to; whatever goes wrong here is repeated when the lease has run out. */
    private Mono<Void> deliver(DueDelivery delivery) {
        return attempt(delivery)
                .flatMap(this::settle)
                .onErrorResume(fault -> {
                    log.warn(
                            "Attempt of delivery {} could not be written down, it will be repeated",
                            delivery.id(),
                            fault);
                    return Mono.empty();
                })
                .doFinally(end -> makeRoom());
    }

    private Mono<Attempt> attempt(DueDelivery delivery) {
        return Mono.defer(() -> {
            var start = clock.instant();
            return channel.send(delivery.messageAt(start))
                    .map(outcome -> new Attempt(delivery, start, Duration.between(start, clock.instant()), outcome));
        });
    }

    private Mono<Void> settle(Attempt attempt) {
        var verdict = judgement.of(attempt.outcome(), attempt.delivery(), clock.instant());
        return deliveries
                .settle(attempt, verdict)
                .timeout(DATABASE_LIMIT)
                .doOnNext(written -> {
                    if (written) {
                        meters.count(attempt, verdict);
                    } else {
                        log.warn(
                                "Lease of delivery {} was lost, its attempt counts for nothing",
                                attempt.delivery().id());
                    }
                })
                .then();
    }

    private void makeRoom() {
        inFlight.decrementAndGet();
        ended.tryEmitNext("");
    }

    @Override
    public void stop() {
        if (work != null) {
            work.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return work != null && !work.isDisposed();
    }
}
