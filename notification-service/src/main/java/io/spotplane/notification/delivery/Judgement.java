package io.spotplane.notification.delivery;

import io.spotplane.notification.channel.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From what an attempt met to what follows. Plain rules; time comes in. */
final class Judgement {

    private final RetrySchedule schedule;

    Judgement(RetrySchedule schedule) {
        this.schedule = schedule;
    }

    /** What follows from {@code outcome} of {@code delivery} at {@code now}. */
    Verdict of(AttemptOutcome outcome, DueDelivery delivery, Instant now) {
        return switch (outcome) {
            case AttemptOutcome.Accepted accepted -> new Verdict.Delivered();
            case AttemptOutcome.Gone gone -> new Verdict.Disable(gone.detail());
            case AttemptOutcome.Refused refused -> again(refused, refused.retryAfter(), delivery, now);
            case AttemptOutcome.TimedOut late -> again(late, Optional.empty(), delivery, now);
            case AttemptOutcome.Unreachable gone -> again(gone, Optional.empty(), delivery, now);
            case AttemptOutcome.Blocked blocked -> again(blocked, Optional.empty(), delivery, now);
        };
    }

    /** The receiver may ask for more time than the schedule has, never for less. */
    private Verdict again(AttemptOutcome outcome, Optional<Duration> asked, DueDelivery delivery, Instant now) {
        return schedule.after(delivery.step(), now, delivery.expires())
                .<Verdict>map(retry -> new Verdict.TryAgain(longer(retry.pause(), asked), retry.step()))
                .orElseGet(() -> new Verdict.Abandon(outcome.detail()));
    }

    private static Duration longer(Duration wait, Optional<Duration> asked) {
        return asked.filter(time -> time.compareTo(wait) > 0).orElse(wait);
    }
}
