package io.spotplane.pricing.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.web.ProblemException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.test.StepVerifier;

class CalculationsTest {

    private static final int MORE_THAN_FIT = 40;
    private static final Duration LONG = Duration.ofSeconds(10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Calculations calculations = new Calculations(meters);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Disposable.Composite running = Disposables.composite();

    @AfterEach
    void letGo() {
        done.countDown();
        running.dispose();
        calculations.stop();
    }

    @Test
    void countsFromZero() {
        // Then
        for (var kind : Calculations.Kind.values()) {
            assertThat(refused(kind)).isZero();
        }
    }

    @Test
    void countsWhatItSendsAway() {
        // Given
        for (int at = 0; at < MORE_THAN_FIT; at++) {
            running.add(calculations
                    .run(Calculations.Kind.SIMULATION, this::await)
                    .onErrorComplete()
                    .subscribe());
        }
        double before = refused(Calculations.Kind.PLAN);
        // When
        var refused = calculations.run(Calculations.Kind.PLAN, this::await);
        // Then
        StepVerifier.create(refused).expectError(ProblemException.class).verify(LONG);
        assertThat(refused(Calculations.Kind.PLAN) - before).isEqualTo(1);
    }

    private double refused(Calculations.Kind kind) {
        return meters.get("spotplane.calculation.refused")
                .tags("kind", kind.name().toLowerCase(Locale.ROOT), "reason", "full")
                .counter()
                .count();
    }

    private boolean await() {
        try {
            return done.await(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
