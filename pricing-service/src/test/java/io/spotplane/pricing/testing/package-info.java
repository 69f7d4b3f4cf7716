/** Shared by this service's tests: offerings to order, and fakes with a memory for everything outside the core. */
@NullMarked
package io.spotplane.pricing.testing;

import org.jspecify.annotations.NullMarked;
