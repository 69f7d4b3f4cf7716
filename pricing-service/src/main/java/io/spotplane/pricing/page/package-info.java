/** Pages of long lists: an opaque token that continues one question and no other. */
@NullMarked
package io.spotplane.pricing.page;

import org.jspecify.annotations.NullMarked;
