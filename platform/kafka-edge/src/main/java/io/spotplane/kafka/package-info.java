/**
 * The edge to Kafka: events become CloudEvents 1.0 in binary mode and back, listeners get their error handling (bounded
 * retries, then the dead-letter topic with the reason), topics are made as the contracts describe them. No domain.
 */
@NullMarked
package io.spotplane.kafka;

import org.jspecify.annotations.NullMarked;
