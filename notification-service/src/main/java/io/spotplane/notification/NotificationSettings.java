package io.spotplane.notification;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the notification service.
 *
 * @param allowInternalAddresses whether webhooks may go to loopback and private addresses, by plain HTTP and on any port; for
 *     development only
 * @param maxSubscriptions most subscriptions of a tenant
 * @param keep how long the stream can be resumed and ended deliveries can be seen and replayed; at least 24 hours
 * @param delivery how deliveries are worked off
 * @param stream how the event stream behaves
 */
@ConfigurationProperties("spotplane.notification")
public record NotificationSettings(
        @DefaultValue("false") boolean allowInternalAddresses,
        @DefaultValue("100") int maxSubscriptions,
        @DefaultValue("72h") Duration keep,
        @DefaultValue Delivery delivery,
        @DefaultValue Stream stream) {

    private static final Duration LEAST_KEEP = Duration.ofHours(24);

    public NotificationSettings {
        if (keep.compareTo(LEAST_KEEP) < 0) {
            throw new IllegalArgumentException(
                    "spotplane.notification.keep is " + keep + ", expected at least 24 hours");
        }
        requirePositive("max-subscriptions", maxSubscriptions);
    }

    /**
     * How deliveries are worked off.
     *
     * @param poll longest wait before looking for due deliveries
     * @param timeout of one attempt, from connecting to the end of the answer
     * @param connectTimeout of its first part
     * @param lease how long an attempt may take before another replica repeats it; longer than {@code timeout}
     * @param perSubscription most attempts at a time to one subscription
     * @param inFlight most attempts at a time of this process
     */
    public record Delivery(
            @DefaultValue("500ms") Duration poll,
            @DefaultValue("15s") Duration timeout,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("5") int perSubscription,
            @DefaultValue("256") int inFlight) {
        public Delivery {
            requirePositive("delivery.poll", poll);
            requirePositive("delivery.timeout", timeout);
            requirePositive("delivery.connect-timeout", connectTimeout);
            requirePositive("delivery.per-subscription", perSubscription);
            requirePositive("delivery.in-flight", inFlight);
            if (lease.compareTo(timeout) <= 0) {
                throw new IllegalArgumentException("spotplane.notification.delivery.lease is " + lease
                        + ", expected more than the time-out of " + timeout);
            }
        }
    }

    /**
     * How the event stream behaves.
     *
     * @param heartbeat between two comments that keep the connection open
     * @param poll longest wait before looking for new events, should a wake-up be lost
     */
    public record Stream(
            @DefaultValue("15s") Duration heartbeat,
            @DefaultValue("5s") Duration poll) {
        public Stream {
            requirePositive("stream.heartbeat", heartbeat);
            requirePositive("stream.poll", poll);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "spotplane.notification." + name + " is " + value + ", expected more than 0");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "spotplane.notification." + name + " is " + value + ", expected at least 1");
        }
    }
}
