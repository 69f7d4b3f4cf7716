/**
 * The provider accounts: what can be launched, listed and ended through them, each call with its time limit, and what of the
 * accounts' lists can be believed.
 */
@NullMarked
package io.spotplane.provisioning.account;

import org.jspecify.annotations.NullMarked;
