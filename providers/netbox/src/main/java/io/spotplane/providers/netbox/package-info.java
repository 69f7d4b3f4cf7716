/**
 * NetBox as the data centre's catalogue: which devices there are, where they stand, whose they are, what is built in. Reads only. Wire facts: NetBox REST
 * API 3.x and 4.x ({@code role} was {@code device_role} before 4.0).
 */
@NullMarked
package io.spotplane.providers.netbox;

import org.jspecify.annotations.NullMarked;
