package io.spotplane.provisioning.timeline;

import io.spotplane.contracts.vocabulary.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened.
 *
 * @param at when
 * @param kind what kind of thing
 * @param instanceId which instance; null for the request as a whole
 * @param title in a few words
 * @param detail in a sentence
 * @param provider whose machine; null for none
 * @param cost what it had cost by then; null where it does not matter
 */
public record TimelineEntry(
        Instant at,
        Kind kind,
        @Nullable UUID instanceId,
        String title,
        String detail,
        @Nullable String provider,
        @Nullable Money cost) {

    /** What can happen. Clients must tolerate values they do not know. */
    public enum Kind {
        ACCEPTED,
        CONSIDERED,
        WAITING,
        INTENDED,
        REFUSED,
        LAUNCHED,
        RUNNING,
        READY,
        NOTICED,
        REPLACED,
        DRAINING,
        TERMINATING,
        GONE,
        LOST,
        DELETED,
        BUDGET_EXHAUSTED,
        GIVEN_UP
    }

    /** Something about the request as a whole. */
    public static TimelineEntry ofRequest(Instant at, Kind kind, String title, String detail) {
        return new TimelineEntry(at, kind, null, title, detail, null, null);
    }
}
