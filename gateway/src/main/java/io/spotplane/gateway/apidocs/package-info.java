/** One description of the whole API (OpenAPI 3.1), put together from what the services say about themselves. */
@NullMarked
package io.spotplane.gateway.apidocs;

import org.jspecify.annotations.NullMarked;
