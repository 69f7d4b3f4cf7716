/**
 * What every request carries through the service: an id that is echoed, a tenant and a trace beside each log line, and query
 * parameters that the endpoint declares.
 */
@NullMarked
package io.spotplane.web.request;

import org.jspecify.annotations.NullMarked;
