package io.spotplane.web.problem;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.FaultTranslation;
import io.spotplane.web.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** A store that is away (PostgreSQL, Redis) is 503 and may be tried again; a wrong statement stays {@code INTERNAL}. */
final class StoreFaults implements FaultTranslation {

    private static final Duration SOON = Duration.ofSeconds(2);

    @Override
    public @Nullable ProblemException translate(Throwable fault) {
        return isAway(fault)
                ? ProblemException.retryLater(ProblemType.UNAVAILABLE, "a store that this needs does not answer", SOON)
                : null;
    }

    private static boolean isAway(Throwable fault) {
        return fault instanceof DataAccessResourceFailureException
                || fault instanceof TransientDataAccessException
                || fault instanceof CannotCreateTransactionException;
    }
}
