/**
 * Which machines to buy where, at which bid: the three rules of thumb that people know, and beside them the cheapest plan there is, with a proof,
 * or the limits that leave none and by how much each would have to give. What was considered is kept and can be looked up by id.
 */
@NullMarked
package io.spotplane.pricing.recommendation;

import org.jspecify.annotations.NullMarked;
