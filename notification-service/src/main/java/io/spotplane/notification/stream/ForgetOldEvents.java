package io.spotplane.notification.stream;

import io.spotplane.notification.Duty;
import io.spotplane.notification.NotificationSettings;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Keeps the log as long as the stream can be resumed, not longer. */
@Component
class ForgetOldEvents extends Duty {

    private static final Duration PERIOD = Duration.ofMinutes(10);

    ForgetOldEvents(EventLog log, NotificationSettings settings) {
        super("forget old events", PERIOD, log.forget(settings.keep()));
    }
}
