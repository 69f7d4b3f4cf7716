/**
 * Tokens for tests: a real issuer on loopback with a real key, so that a service under test checks them exactly as it does in
 * production. No decoder is replaced.
 */
@NullMarked
package io.spotplane.web.testing;

import org.jspecify.annotations.NullMarked;
