/** What is known of reclaims, for people and programs: over HTTP, and as a picture. */
@NullMarked
package io.spotplane.pricing.risk.report;

import org.jspecify.annotations.NullMarked;
