/**
 * From Kafka into the log and the deliveries, each event once, in one transaction.
 */
@NullMarked
package io.spotplane.notification.intake;

import org.jspecify.annotations.NullMarked;
