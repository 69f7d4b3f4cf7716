/** A little service that the tests of the edge call over HTTP. */
@NullMarked
package io.spotplane.web.sample;

import org.jspecify.annotations.NullMarked;
