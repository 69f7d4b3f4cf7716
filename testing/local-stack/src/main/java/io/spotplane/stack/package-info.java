/**
 * The whole of Spotplane on one machine without Docker: real PostgreSQL, Redis and Kafka, the provider simulator, the
 * development issuer and the five services, each a process of its own that can be killed alone. There is no supervisor: {@link
 * io.spotplane.stack.LocalStack#up} starts detached processes, writes down who they are, and leaves; every later command finds
 * them by what was written.
 */
@NullMarked
package io.spotplane.stack;

import org.jspecify.annotations.NullMarked;
