/**
 * What can be bought: provisioning's own view of the market, fed from {@code spotplane.offerings}, and what is to be left alone for a
 * while because a provider refused or took back.
 */
@NullMarked
package io.spotplane.provisioning.offering;

import org.jspecify.annotations.NullMarked;
