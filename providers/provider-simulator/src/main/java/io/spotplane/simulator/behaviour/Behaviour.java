package io.spotplane.simulator.behaviour;

/** How a call may go wrong. */
public enum Behaviour {
    /** Launches find no capacity; a catalogue goes on to say otherwise unless the rule names it. */
    SELL_OUT,
    /** The call waits, then happens. */
    DELAY,
    /** The call happens; the connection is cut before the answer. */
    ACT_AND_DROP,
    /** The call happens; its answer comes late. */
    ACT_AND_DELAY,
    /** The call does not happen; an error is answered. */
    ERROR,
    /** The call does not happen; the provider's own throttling answer comes. */
    THROTTLE,
    /** A launch or a termination is confirmed and never happens. */
    SILENT,
    /** The connection stays open; no answer ever comes and nothing happens. */
    HANG,
    /** The call does not happen; a web page comes instead of a document. */
    HTML,
    /** A list comes back empty, with success. */
    EMPTY_LIST,
    /** Half of a list comes back, as if it were whole. */
    SHORT_LIST,
    /** A price list alternates between now and yesterday, and rows come and go, as crawls do that meet two caches. */
    FLAP
}
