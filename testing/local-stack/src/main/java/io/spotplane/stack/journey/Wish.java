package io.spotplane.stack.journey;

import java.time.Instant;

/** A submitted request and when it was sent. */
record Wish(String id, Instant at) {}
