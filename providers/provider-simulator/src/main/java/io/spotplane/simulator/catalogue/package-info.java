/** Price lists at addresses, plain and gzipped, with validators: a made catalogue of a cloud, from prices that may be carried. */
@NullMarked
package io.spotplane.simulator.catalogue;

import org.jspecify.annotations.NullMarked;
