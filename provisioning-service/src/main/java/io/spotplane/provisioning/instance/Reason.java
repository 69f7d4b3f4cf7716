package io.spotplane.provisioning.instance;

/** Stable codes of why an instance ends or failed, beside the provider's {@link io.spotplane.contracts.vocabulary.Refusal}s. */
public enum Reason {
    /** The tenant deleted the request. */
    REQUEST_DELETED,
    /** The request's money is spent. */
    BUDGET_EXHAUSTED,
    /** The request was given up. */
    REQUEST_GIVEN_UP,
    /** The provider announced that it takes the machine back. */
    INTERRUPTED,
    /** The provider took the machine back. */
    RECLAIMED,
    /** The machine ended and nobody here ended it. */
    ENDED_BY_PROVIDER,
    /** The provider stopped or failed the machine, which still exists. */
    STOPPED_BY_PROVIDER,
    /** Complete lists lack the machine, the visibility window apart. */
    VANISHED,
    /** The provider accepted the order, and no machine was ever seen. */
    PROVIDER_SILENT_FAILURE,
    /** Seen, but not running within the launch time-out. */
    LAUNCH_TIMEOUT,
    /** Running, but not reachable within the boot time-out. */
    BOOT_TIMEOUT,
    /** No answer was read, and lists prove that no machine was made. */
    NEVER_MADE,
    /** The provider could not be asked for as long as the launch time-out. */
    PROVIDER_UNAVAILABLE,
    /** The price got too old before the order was sent. */
    PRICE_STALE
}
