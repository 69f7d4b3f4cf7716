/** Serving offerings: how long a question takes beside its peers, and how long it takes until a changed market is served. */
@NullMarked
package io.spotplane.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
