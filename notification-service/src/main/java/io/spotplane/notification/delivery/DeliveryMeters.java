package io.spotplane.notification.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What is measured of deliveries. Tags are outcomes and channels, never ids or addresses. */
@Component
class DeliveryMeters {

    private static final String WEBHOOK = "webhook";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(1_500),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2)
    };

    private final MeterRegistry meters;
    private final Timer delivery;
    private final Timer noticeDelivery;
    private final Timer lead;
    private final Counter undelivered;

    DeliveryMeters(MeterRegistry meters) {
        this.meters = meters;
        this.delivery = timer("spotplane.webhook.delivery", "From the event to its acceptance");
        this.noticeDelivery =
                timer("spotplane.preemption.notice.delivery", "From a notice to its acceptance by a subscriber");
        this.lead = timer("spotplane.preemption.lead", "Time that a subscriber had left when it got a notice");
        this.undelivered = Counter.builder("spotplane.preemption.undelivered")
                .description(
                        "Notices that a subscriber did not get; there from the start, or an alert would miss the first")
                .tag("channel", WEBHOOK)
                .register(meters);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    /** After what {@code attempt} led to was written down. */
    void count(Attempt attempt, Verdict verdict) {
        meters.counter(
                        "spotplane.webhook.attempts",
                        "outcome",
                        attempt.outcome().name())
                .increment();
        switch (verdict) {
            case Verdict.Delivered delivered -> accepted(attempt);
            case Verdict.Abandon abandon -> missed(attempt);
            case Verdict.Disable disable -> missed(attempt);
            case Verdict.TryAgain again -> {}
        }
    }

    private void accepted(Attempt attempt) {
        var due = attempt.delivery();
        var took = Duration.between(due.happenedAt(), attempt.endedAt());
        delivery.record(took);
        Instant expires = due.expires();
        if (expires != null) {
            noticeDelivery.record(took);
            var left = Duration.between(attempt.endedAt(), expires);
            lead.record(left.isNegative() ? Duration.ZERO : left);
        }
    }

    private void missed(Attempt attempt) {
        if (attempt.delivery().expires() != null) {
            undelivered.increment();
        }
    }
}
