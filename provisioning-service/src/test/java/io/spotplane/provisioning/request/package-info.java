/** Tests of the edges for requests. */
@NullMarked
package io.spotplane.provisioning.request;

import org.jspecify.annotations.NullMarked;
