package io.spotplane.provisioning.reconcile;

/** Bugs that can be planted, each of which the simulation must find. */
enum Sabotage {
    NONE,
    /** A call without an answer is taken for a refusal, and the machine is bought elsewhere. */
    TIMEOUT_IS_REFUSAL,
    /** A provider that does not know tokens is sent an order in doubt again. */
    REPEATS_WHERE_TOKENS_ARE_UNKNOWN,
    /** The mark that an order goes out is not committed before the call. */
    FORGETS_THE_MARK,
    /** The first list that lacks a machine is the proof. */
    ONE_LIST_IS_PROOF,
    /** A failed or short list is taken for an honest one. */
    EMPTY_LIST_IS_TRUTH,
    /** Machines that nobody holds are left alone. */
    NO_REAPER,
    /** What has spent its budget drains on for an hour. */
    ENDLESS_DRAIN,
    /** "Accepted" is taken for running. */
    ACCEPTED_IS_RUNNING,
    /** Prices are bought on however old they are. */
    OLD_PRICES
}
