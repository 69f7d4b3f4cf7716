/**
 * The facts that services tell each other: one record per kind of event data, the list of event types with their topic and
 * owner, and the envelope (CloudEvents 1.0 attributes) they travel in. JSON Schemas and golden samples stand beside them
 * in {@code src/main/resources}.
 */
@NullMarked
package io.spotplane.contracts.event;

import org.jspecify.annotations.NullMarked;
