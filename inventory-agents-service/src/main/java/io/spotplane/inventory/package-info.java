/**
 * The inventory-agents-service: agents that look at clouds and catalogues beside one another, the last good snapshot of each, the merged view of
 * hosts, aggregates and GPU types, and events for what changed in it.
 *
 * <p>Arrows: {@code collect} → {@code agent} → {@code lease}, {@code snapshot}; {@code merged} → {@code snapshot}, {@code agent}; the feature packages
 * ({@code host}, {@code aggregate}, {@code gputype}, {@code announce}, {@code metrics}) → {@code merged}.
 */
@NullMarked
package io.spotplane.inventory;

import org.jspecify.annotations.NullMarked;
