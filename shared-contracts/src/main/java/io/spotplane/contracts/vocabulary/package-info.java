/**
 * The words every part of Spotplane agrees on: money, prices, machines, offerings, and the names of states and refusals.
 * Data only: values with their unit and invariant, no behaviour that a service could disagree about.
 */
@NullMarked
package io.spotplane.contracts.vocabulary;

import org.jspecify.annotations.NullMarked;
