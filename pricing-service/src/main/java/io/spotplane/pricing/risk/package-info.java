/** How likely it is that a provider takes capacity back: per pool and age, alone and together with others, and how sure that is. */
@NullMarked
package io.spotplane.pricing.risk;

import org.jspecify.annotations.NullMarked;
