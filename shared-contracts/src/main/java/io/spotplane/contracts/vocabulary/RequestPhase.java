package io.spotplane.contracts.vocabulary;

/**
 * Where a capacity request stands, derived from its instances and conditions, never an input. Clients must tolerate values they do
 * not know.
 */
public enum RequestPhase {
    PENDING,
    PLACING,
    LAUNCHING,
    BOOTING,
    JOINING,
    READY,
    DRAINING,
    TERMINATING,
    TERMINATED,
    FAILED,
    LOST
}
