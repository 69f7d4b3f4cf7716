/**
 * Tells those who must know: subscriptions, deliveries with retries, and the event stream. Its truth is in PostgreSQL; what
 * happened comes from Kafka.
 */
@NullMarked
package io.spotplane.notification;

import org.jspecify.annotations.NullMarked;
