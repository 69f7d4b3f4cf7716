package io.spotplane.pricing.alert;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an alert stands in one market, before it is judged.
 *
 * @param alertId the alert
 * @param watch what it looks for
 * @param witness the offering in which it was last seen to hold in this market; null when it does not hold there
 * @param judged whether every market has spoken about it since it was made
 */
record Standing(UUID alertId, Watch watch, @Nullable String witness, boolean judged) {

    boolean holds() {
        return witness != null;
    }
}
