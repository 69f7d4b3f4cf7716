/**
 * Integer programs with few rows that mean something and many columns, solved exactly and with a proof that others can check: branch and bound
 * over boxes, each closed by Lagrange multipliers that hold in integer arithmetic. Knows nothing of clouds or money.
 */
@NullMarked
package io.spotplane.pricing.recommendation.exact;

import org.jspecify.annotations.NullMarked;
