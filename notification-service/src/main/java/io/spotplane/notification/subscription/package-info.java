/**
 * Who wants to know what, and where. A subscription belongs to a tenant; other tenants do not know that it exists.
 */
@NullMarked
package io.spotplane.notification.subscription;

import org.jspecify.annotations.NullMarked;
