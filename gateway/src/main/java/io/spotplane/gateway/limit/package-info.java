/**
 * How much a tenant may ask. Token buckets in Redis count over all gateways; when Redis is away or slow each gateway counts its
 * share by itself, so there is never a time without a limit and never a limit without an answer.
 */
@NullMarked
package io.spotplane.gateway.limit;

import org.jspecify.annotations.NullMarked;
