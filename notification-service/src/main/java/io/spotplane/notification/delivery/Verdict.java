package io.spotplane.notification.delivery;

import java.time.Duration;

/** What follows from an attempt. */
sealed interface Verdict {

    /** It arrived. */
    record Delivered() implements Verdict {}

    /** Once more, after {@code pause}; it then stands at {@code step} of the schedule. */
    record TryAgain(Duration pause, int step) implements Verdict {}

    /** No more of it, because of {@code reason}. */
    record Abandon(String reason) implements Verdict {}

    /** Neither this nor anything else to that subscription, because of {@code reason}. */
    record Disable(String reason) implements Verdict {}
}
