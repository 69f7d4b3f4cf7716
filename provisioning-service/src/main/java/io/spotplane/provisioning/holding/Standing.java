package io.spotplane.provisioning.holding;

import io.spotplane.contracts.vocabulary.RequestPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands: derived from its instances in the transaction that changes them, never an input.
 *
 * @param phase in one word
 * @param reason stable code of why; null when nothing is to be explained
 * @param message the same for people
 * @param conditions aspect by aspect
 * @param instancesReady how many instances are ready
 */
public record Standing(
        RequestPhase phase, @Nullable String reason, String message, List<Condition> conditions, int instancesReady) {
    public Standing {
        conditions = List.copyOf(conditions);
    }
}
