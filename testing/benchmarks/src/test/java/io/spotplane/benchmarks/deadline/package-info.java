/** Policies for work with a deadline, replayed on the public spot traces beside each other. */
@NullMarked
package io.spotplane.benchmarks.deadline;

import org.jspecify.annotations.NullMarked;
