/**
 * One event on its way to one subscription: leased, sent, retried on a schedule, or given up with a reason that others can
 * hear of. Notices have a fast lane inside their notice period.
 */
@NullMarked
package io.spotplane.notification.delivery;

import org.jspecify.annotations.NullMarked;
