package io.spotplane.providers.spi;

import io.spotplane.contracts.vocabulary.Refusal;

/** What came of asking for a machine's end. None of these proves the end: only the provider's list does. */
public sealed interface TerminateOutcome {

    /** The provider took the order, or says that the machine does not exist. */
    record Accepted() implements TerminateOutcome {}

    /**
     * It did not, or the answer was not read: ask again later.
     *
     * @param refusal why
     * @param message the provider's words, without secrets
     */
    record NotYet(Refusal refusal, String message) implements TerminateOutcome {}
}
