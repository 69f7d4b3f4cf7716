package io.spotplane.provisioning.holding;

import io.spotplane.provisioning.instance.Reason;
import java.time.Instant;

/**
 * That a request is over, for good.
 *
 * @param cause why
 * @param at since when
 */
public record Ending(Cause cause, Instant at) {

    /** Why a request is over. */
    public enum Cause {
        /** Its tenant deleted it. */
        DELETED(Reason.REQUEST_DELETED, "The request was deleted"),
        /** Its budget is spent. */
        BUDGET_EXHAUSTED(Reason.BUDGET_EXHAUSTED, "The budget is spent"),
        /** Nothing could be had for it for too long. */
        GIVEN_UP(Reason.REQUEST_GIVEN_UP, "Nothing fitting could be had for too long");

        private final Reason reason;
        private final String message;

        Cause(Reason reason, String message) {
            this.reason = reason;
            this.message = message;
        }

        /** The stable code that its instances carry. */
        public Reason reason() {
            return reason;
        }

        /** The same for people. */
        public String message() {
            return message;
        }
    }
}
