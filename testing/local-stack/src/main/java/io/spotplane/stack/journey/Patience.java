package io.spotplane.stack.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waiting from outside for something that the system does by itself. */
final class Patience {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private Patience() {}

    /**
     * Looks until there is something.
     *
     * @param wanted what is waited for, in words for the failure
     * @param limit how long
     * @param look the look; a fault in it counts as "not yet" and is told when time is over
     */
    static <T> T until(String wanted, Duration limit, Supplier<Optional<T>> look) {
        var deadline = Instant.now().plus(limit);
        String last = "nothing";
        while (Instant.now().isBefore(deadline)) {
            try {
                var seen = look.get();
                if (seen.isPresent()) {
                    return seen.get();
                }
            } catch (SpotplaneApi.Unexpected fault) {
                last = fault.getMessage();
            }
            pause();
        }
        throw new JourneyFailed("waited " + limit.toSeconds() + " s for " + wanted + "; last fault: " + last
                + ". See ./spotplane logs");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JourneyFailed("interrupted");
        }
    }
}
