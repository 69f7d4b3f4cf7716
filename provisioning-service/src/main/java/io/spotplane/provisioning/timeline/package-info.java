/**
 * What happened to a request, in words for people: written in the transaction of each change, read oldest first.
 */
@NullMarked
package io.spotplane.provisioning.timeline;

import org.jspecify.annotations.NullMarked;
