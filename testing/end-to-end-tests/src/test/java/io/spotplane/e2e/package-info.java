/**
 * Journeys over the whole stack: every service a process of its own, real PostgreSQL, Redis and Kafka, the simulator's ledger as the
 * outside witness. One stack serves all classes of a run.
 */
@NullMarked
package io.spotplane.e2e;

import org.jspecify.annotations.NullMarked;
