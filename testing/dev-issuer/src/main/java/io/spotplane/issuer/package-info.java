/**
 * A token issuer for development: one client, one secret, and whoever knows it may be any role of any tenant. That is what makes
 * it handy on one machine and why it refuses to run in production.
 */
@NullMarked
package io.spotplane.issuer;

import org.jspecify.annotations.NullMarked;
