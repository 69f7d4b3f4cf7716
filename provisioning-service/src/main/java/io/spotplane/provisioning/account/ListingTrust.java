package io.spotplane.provisioning.account;

import java.util.Optional;
import java.util.Set;

/**
 * Whether a list can be believed. A list that lacks more than half of the machines that we know to be alive and did not end, where
 * there are at least five of them, is taken for a provider's fault and changes nothing. (Machines of the list before that we do not know
 * need no protection: nothing is concluded from their absence.)
 */
public final class ListingTrust {

    private static final int ENOUGH_TO_JUDGE = 5;

    private ListingTrust() {}

    /**
     * Why the list is not believed; empty when it is.
     *
     * @param listed ids of the machines in the list
     * @param expected ids of the machines that should be in it
     */
    public static Optional<String> doubt(Set<String> listed, Set<String> expected) {
        if (expected.size() < ENOUGH_TO_JUDGE) {
            return Optional.empty();
        }
        var found = expected.stream().filter(listed::contains).count();
        return found * 2 < expected.size()
                ? Optional.of("the list shows " + found + " of " + expected.size() + " machines that should be alive")
                : Optional.empty();
    }
}
