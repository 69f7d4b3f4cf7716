package io.spotplane.notification.delivery;

import io.spotplane.notification.Duty;
import io.spotplane.notification.NotificationSettings;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Keeps ended deliveries as long as they can be replayed, not longer. */
@Component
class ForgetOldDeliveries extends Duty {

    private static final Duration PERIOD = Duration.ofMinutes(10);

    ForgetOldDeliveries(DeliveryHistory history, NotificationSettings settings) {
        super("forget old deliveries", PERIOD, history.forget(settings.keep()));
    }
}
