package io.spotplane.outbox;

import io.spotplane.contracts.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event before it has its identity.
 *
 * @param type what happened
 * @param subject the id of the thing; Kafka key
 * @param tenant whose it is
 * @param expires deadline of a notice; otherwise null
 * @param data the state after the change; must be of the type's data class
 */
public record NewEvent<T>(
        EventType type,
        String subject,
        String tenant,
        @Nullable Instant expires,
        T data) {
    public NewEvent {
        if (!type.dataType().isInstance(data)) {
            throw new IllegalArgumentException(
                    type + " carries " + type.dataType().getSimpleName() + ", not "
                            + data.getClass().getSimpleName());
        }
    }

    /** An event that is no notice. */
    public static <T> NewEvent<T> of(EventType type, String subject, String tenant, T data) {
        return new NewEvent<>(type, subject, tenant, null, data);
    }
}
