/**
 * PostgreSQL, Redis and Kafka as durable processes from Maven artifacts. Unlike the fast servers of the tests these keep what was
 * acknowledged, whatever is killed.
 */
@NullMarked
package io.spotplane.stack.backing;

import org.jspecify.annotations.NullMarked;
