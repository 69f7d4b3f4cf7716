/**
 * The copy of every market in Redis that all replicas serve from: its layout, how a newer version gets there whole or not at all, and how
 * a replica's storefront follows it.
 */
@NullMarked
package io.spotplane.pricing.shelf;

import org.jspecify.annotations.NullMarked;
