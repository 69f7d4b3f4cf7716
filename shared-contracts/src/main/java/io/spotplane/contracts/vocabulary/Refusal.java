package io.spotplane.contracts.vocabulary;

/**
 * Why a provider did not do what it was asked: one model for all of them. Classified by the code in the body first, the
 * HTTP status second (AWS reports lack of capacity as a server error, RunPod lack of money as 500).
 */
public enum Refusal {
    /** Nothing of the kind to be had there now: try the next candidate. */
    NO_CAPACITY,
    /** The price cap lies below what the market asks: rebid or next candidate. */
    PRICE_TOO_LOW,
    /** The account has no money: stop using it and tell its owner. */
    INSUFFICIENT_FUNDS,
    /** The account's limit is reached: stop using it for this and tell its owner. */
    QUOTA,
    /** Too many calls: back off as told. */
    THROTTLED,
    /** A passing fault of the far side: back off, then the same again. */
    TRANSIENT,
    /** The credentials are not accepted: stop using the account. */
    AUTH,
    /** The order itself is wrong: never repeat it. */
    INVALID,
    /** What was named does not exist; on delete this is success. */
    GONE,
    /** Nobody knows whether it was done: look by token before anything else. */
    AMBIGUOUS
}
