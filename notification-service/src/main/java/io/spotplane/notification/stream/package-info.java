/**
 * The durable log of a tenant's events and its stream over HTTP (server-sent events): resumable, woken at commit across
 * replicas, never buffering for a slow reader.
 */
@NullMarked
package io.spotplane.notification.stream;

import org.jspecify.annotations.NullMarked;
