package io.spotplane.pricing.deadline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.web.ProblemException;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where plans and simulations are computed: off the event loop, {@value #AT_ONCE} at a time, with {@value #WAITING} waiting for each. More are told to come back,
 * before any of their work was done; each is small enough by the limits of its request.
 */
@Component
public class Calculations {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration COME_BACK = Duration.ofSeconds(2);
    private static final String FULL = "full";
    private static final String LATE = "late";

    private final Scheduler threads = Schedulers.newBoundedElastic(AT_ONCE, AT_ONCE * WAITING, "calculations");
    private final MeterRegistry meters;

    Calculations(MeterRegistry meters) {
        this.meters = meters;
        for (var kind : Kind.values()) {
            timer(kind);
            refused(kind, FULL);
            refused(kind, LATE);
        }
    }

    /** What is computed. */
    public enum Kind {
        PLAN,
        DECISION,
        SIMULATION;

        private String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Runs {@code work} when there is a thread for it. */
    public <T> Mono<T> run(Kind kind, Supplier<T> work) {
        return Mono.fromSupplier(() -> timer(kind).record(work))
                .subscribeOn(threads)
                .timeout(PATIENCE)
                .doOnError(
                        RejectedExecutionException.class,
                        full -> refused(kind, FULL).increment())
                .doOnError(TimeoutException.class, late -> refused(kind, LATE).increment())
                .onErrorMap(Calculations::isBusy, Calculations::busy);
    }

    private Timer timer(Kind kind) {
        return Timer.builder(PricingMeasure.CALCULATION.meterName())
                .tag("kind", kind.tag())
                .register(meters);
    }

    private Counter refused(Kind kind, String reason) {
        return Counter.builder(PricingMeasure.CALCULATION_REFUSED.meterName())
                .tag("kind", kind.tag())
                .tag("reason", reason)
                .register(meters);
    }

    private static boolean isBusy(Throwable fault) {
        return fault instanceof RejectedExecutionException || fault instanceof TimeoutException;
    }

    private static ProblemException busy(Throwable fault) {
        return ProblemException.retryLater(
                ProblemType.UNAVAILABLE, "too many plans and simulations are being computed", COME_BACK);
    }

    @PreDestroy
    void stop() {
        threads.dispose();
    }
}
