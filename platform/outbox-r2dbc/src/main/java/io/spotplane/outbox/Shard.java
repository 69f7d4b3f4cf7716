package io.spotplane.outbox;

/** Work is shared between relays by shard: all events of a subject are in one. */
final class Shard {

    /** As many as rows in {@code outbox_shard}. */
    static final int COUNT = 64;

    private Shard() {}

    /** The shard of {@code subject}; never changes, or events of a subject could overtake each other. */
    static short of(String subject) {
        return (short) Math.floorMod(subject.hashCode(), COUNT);
    }
}
