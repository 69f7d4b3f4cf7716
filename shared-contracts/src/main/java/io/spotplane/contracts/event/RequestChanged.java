package io.spotplane.contracts.event;

import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A capacity request after a change.
 *
 * @param requestId UUID of the request
 * @param name the client's name for it; null for none
 * @param kind GPU or node request
 * @param phase where it stands now
 * @param reason stable code of why, such as {@code NO_CAPACITY}; null when nothing is to be explained
 * @param message the same for people
 * @param instancesWanted how many instances were asked for
 * @param instancesReady how many are ready now
 * @param costSoFar accrued cost of all its instances
 * @param changedAt when it changed
 */
public record RequestChanged(
        String requestId,
        @Nullable String name,
        RequestKind kind,
        RequestPhase phase,
        @Nullable String reason,
        String message,
        int instancesWanted,
        int instancesReady,
        Money costSoFar,
        Instant changedAt) {}
