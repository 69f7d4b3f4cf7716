/** Small pictures that benchmarks write: SVG by hand, readable on light and dark pages. */
@NullMarked
package io.spotplane.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
