package io.spotplane.kafka;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Faults that are not the record's: the database is away, a lock was lost, an answer came too late. A record that meets one
 * waits until it has passed, however long that takes; giving it up would lose an effect because of an outage.
 */
final class PassingFaults {

    private static final List<Class<? extends Exception>> PASSING = List.of(
            TransientDataAccessException.class,
            DataAccessResourceFailureException.class,
            CannotCreateTransactionException.class,
            TransactionSystemException.class,
            TimeoutException.class,
            IOException.class);

    private PassingFaults() {}

    /** Whether {@code thrown} or one of its causes is such a fault. */
    static boolean among(@Nullable Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .anyMatch(PassingFaults::isPassing);
    }

    private static boolean isPassing(@Nullable Throwable cause) {
        // JSON that cannot be read is an IOException of Jackson 2, never of Jackson 3: what is left are connections.
        return PASSING.stream().anyMatch(type -> type.isInstance(cause));
    }
}
