/**
 * The transactional outbox and inbox on R2DBC. A service appends events in the transaction of its state change; a relay sends them
 * in order per subject, outside any transaction, and deletes them under its lease. Consumers apply each event once by an inbox row in
 * the transaction of its effect. No domain.
 */
@NullMarked
package io.spotplane.outbox;

import org.jspecify.annotations.NullMarked;
