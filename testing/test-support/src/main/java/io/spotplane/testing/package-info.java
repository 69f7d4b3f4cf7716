/**
 * Real PostgreSQL, Redis and Kafka for integration tests, started once per JVM and only when a test class asks with
 * {@link io.spotplane.testing.Infrastructure}. The servers come from Maven artifacts by default and from container images
 * by one setting; a test cannot tell which. They are fast and forget everything: durability belongs to the local stack.
 */
@NullMarked
package io.spotplane.testing;

import org.jspecify.annotations.NullMarked;
