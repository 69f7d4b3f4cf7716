/**
 * Providers take machines back. However a notice comes — pushed to the intake, asked for by poll — it goes through one use case: the notice,
 * the draining, the replacement's intent and the events become durable in one transaction. A reclaim that nobody announced is found by the
 * lists of {@code reconcile}.
 */
@NullMarked
package io.spotplane.provisioning.interruption;

import org.jspecify.annotations.NullMarked;
