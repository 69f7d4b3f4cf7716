/**
 * What is for sale now, and the questions that can be asked of it. The core is plain Java: immutable shelves, one per market, each
 * indexed by price; the storefront that holds them; and the HTTP answers.
 */
@NullMarked
package io.spotplane.pricing.offering;

import org.jspecify.annotations.NullMarked;
