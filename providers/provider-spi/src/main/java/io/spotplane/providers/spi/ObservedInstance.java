package io.spotplane.providers.spi;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine as its provider shows it.
 *
 * @param id the provider's id
 * @param token the launch it came from, read from client token, name or tag; null when it carries none
 * @param state its state in common words
 * @param reachable whether the provider proved that it can be used (EC2: both status checks ok; RunPod: direct SSH is there)
 * @param address public address, or private where there is no public one; null until known
 * @param reclaimed whether the provider says that it took the machine back (EC2 {@code Server.SpotInstanceTermination})
 * @param detail the provider's own words for the state, for people
 * @param price what the provider says it bills an hour; null where the API does not say
 * @param launchedAt when it was made; null where the API does not say
 */
public record ObservedInstance(
        ProviderInstanceId id,
        @Nullable LaunchToken token,
        State state,
        boolean reachable,
        @Nullable String address,
        boolean reclaimed,
        String detail,
        @Nullable HourlyPrice price,
        @Nullable Instant launchedAt) {

    /** Machine states that every provider's own map to. */
    public enum State {
        PENDING,
        RUNNING,
        STOPPED,
        ENDING,
        ENDED,
        FAILED,
        /** A word that the adapter does not know: neither alive nor gone may be concluded from it. */
        UNKNOWN
    }
}
