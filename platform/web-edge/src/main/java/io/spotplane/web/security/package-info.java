/**
 * Who may ask what. Every service checks tokens itself: signature, issuer, audience, age, kind and tenant; roles become
 * permissions; everything that is not declared public needs a token.
 */
@NullMarked
package io.spotplane.web.security;

import org.jspecify.annotations.NullMarked;
