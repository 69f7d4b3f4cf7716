/** What this service measures: the one list of its metric names, which dashboards, alerts and runbooks follow. */
@NullMarked
package io.spotplane.pricing.measure;

import org.jspecify.annotations.NullMarked;
