/**
 * Writes that happen once per {@code Idempotency-Key}: key, hash of the body and answer in one row, written in the transaction
 * of the write itself, so that there is never one without the other.
 */
@NullMarked
package io.spotplane.web.idempotency;

import org.jspecify.annotations.NullMarked;
