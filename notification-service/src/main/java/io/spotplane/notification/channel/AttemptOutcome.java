package io.spotplane.notification.channel;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one attempt met. */
public sealed interface AttemptOutcome {

    /** Short and stable; a metric tag. */
    String name();

    /** For people. */
    String detail();

    /** The HTTP status, where there was one. */
    default @Nullable Integer httpStatus() {
        return null;
    }

    /** The receiver took it. */
    record Accepted(int status) implements AttemptOutcome {

        @Override
        public String name() {
            return "accepted";
        }

        @Override
        public String detail() {
            return "HTTP " + status;
        }

        @Override
        public Integer httpStatus() {
            return status;
        }
    }

    /** The receiver answered, but not with success; redirects are not followed. It may have said when to come back. */
    record Refused(int status, Optional<Duration> retryAfter) implements AttemptOutcome {

        @Override
        public String name() {
            return "refused";
        }

        @Override
        public String detail() {
            return "HTTP " + status;
        }

        @Override
        public Integer httpStatus() {
            return status;
        }
    }

    /** The receiver says that it wants nothing more, ever (HTTP 410). */
    record Gone() implements AttemptOutcome {

        private static final int STATUS = 410;

        @Override
        public String name() {
            return "gone";
        }

        @Override
        public String detail() {
            return "HTTP 410: the receiver wants nothing more";
        }

        @Override
        public Integer httpStatus() {
            return STATUS;
        }
    }

    /** There was no answer in time; it may have been taken. */
    record TimedOut(Duration after) implements AttemptOutcome {

        @Override
        public String name() {
            return "timed_out";
        }

        @Override
        public String detail() {
            return "no answer within " + after.toMillis() + " ms";
        }
    }

    /** There was no connection, or it broke. */
    record Unreachable(String cause) implements AttemptOutcome {

        @Override
        public String name() {
            return "unreachable";
        }

        @Override
        public String detail() {
            return cause;
        }
    }

    /** The address is now one that we do not send to. */
    record Blocked(String cause) implements AttemptOutcome {

        @Override
        public String name() {
            return "blocked";
        }

        @Override
        public String detail() {
            return cause;
        }
    }
}
