/**
 * The edges for requests and instances: submitted over HTTP or Kafka and checked in full, read, and deleted in every state. What happens
 * to them is decided elsewhere.
 */
@NullMarked
package io.spotplane.provisioning.request;

import org.jspecify.annotations.NullMarked;
