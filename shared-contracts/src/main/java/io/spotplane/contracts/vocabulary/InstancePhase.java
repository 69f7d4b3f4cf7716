package io.spotplane.contracts.vocabulary;

/** Where one instance stands. Clients must tolerate values they do not know. */
public enum InstancePhase {
    /** The launch intent is written down; the provider may or may not have been asked. */
    INTENDED,
    /** The provider accepted the order; nobody has seen a machine yet. */
    LAUNCHING,
    /** An inspection saw the machine run; it has not proved itself yet. */
    BOOTING,
    /** The machine runs and is being taken into its cluster. */
    JOINING,
    /** The machine proved that it can be used. */
    READY,
    /** Its end is known (a notice, a deletion); work should leave it. */
    DRAINING,
    /** The provider was told to end it; it may still exist and cost money. */
    TERMINATING,
    /** The provider's list lacked it twice, the visibility window apart, or showed it ended. */
    TERMINATED,
    /** It never came to be: the provider refused, or nothing was ever seen. */
    FAILED,
    /** The provider took it away. */
    LOST
}
