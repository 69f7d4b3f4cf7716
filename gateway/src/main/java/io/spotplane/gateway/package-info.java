/**
 * The one door: finds the service behind a path, keeps each tenant within its rate, waits no longer than the route allows, and
 * answers with a problem when a service does not. It holds no truth and no domain.
 */
@NullMarked
package io.spotplane.gateway;

import org.jspecify.annotations.NullMarked;
