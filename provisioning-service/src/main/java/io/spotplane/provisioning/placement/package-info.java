/**
 * Where to buy: rules that leave offerings out with a reason, an order among those that fit, and the decision that fills what a
 * request is missing, within its budget. Pure.
 */
@NullMarked
package io.spotplane.provisioning.placement;

import org.jspecify.annotations.NullMarked;
