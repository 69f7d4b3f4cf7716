/** Request bodies: counted while they arrive, never believed, and read as strict JSON. */
@NullMarked
package io.spotplane.web.body;

import org.jspecify.annotations.NullMarked;
