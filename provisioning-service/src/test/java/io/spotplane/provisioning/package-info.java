/** The whole service on real PostgreSQL and Kafka, with a provider made up in memory. */
@NullMarked
package io.spotplane.provisioning;

import org.jspecify.annotations.NullMarked;
