package io.spotplane.inventory.agent;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A step that is taken again and again: after the rest that the last one asked for, or at once when woken. Never beside itself; wakes that come
 * while it runs become one further step. A step that throws is logged and taken again.
 */
public final class Duty {

    private static final Logger log = LoggerFactory.getLogger(Duty.class);
    private static final Duration REST_AFTER_FAULT = Duration.ofSeconds(5);

    private final String name;
    private final Step step;
    private final Scheduler scheduler;
    private final AtomicLong asked = new AtomicLong();
    private volatile long served; // written by the one running step
    private final Sinks.Many<Long> wakes = Sinks.many().replay().latest();

    public Duty(String name, Step step, Scheduler scheduler) {
        this.name = name;
        this.step = step;
        this.scheduler = scheduler;
    }

    /** One step. */
    @FunctionalInterface
    public interface Step {

        /**
         * Looks, decides, applies.
         *
         * @param woken whether somebody asked for it, rather than the schedule
         * @return how long to rest
         */
        Mono<Duration> take(boolean woken);
    }

    /** Begins; the first step is taken at once. Ends with the disposal of what is returned. */
    public Disposable start() {
        return Mono.defer(this::stepAndRest)
                .repeat()
                .subscribe(never -> {}, fault -> log.error("duty {} has ended", name, fault));
    }

    /** Asks for a step now. */
    public void wake() {
        wakes.emitNext(asked.incrementAndGet(), Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    private Mono<Void> stepAndRest() {
        var lastWake = asked.get();
        var woken = lastWake > served;
        served = lastWake;
        return Mono.defer(() -> step.take(woken)).onErrorResume(this::restAfter).flatMap(this::rest);
    }

    private Mono<Void> rest(Duration rest) {
        var woken = wakes.asFlux().filter(wake -> wake > served).next().then();
        return Mono.firstWithSignal(Mono.delay(rest, scheduler).then(), woken);
    }

    private Mono<Duration> restAfter(Throwable fault) {
        log.warn("duty {} could not be done, next try in {}: {}", name, REST_AFTER_FAULT, fault.toString());
        return Mono.just(REST_AFTER_FAULT);
    }
}
