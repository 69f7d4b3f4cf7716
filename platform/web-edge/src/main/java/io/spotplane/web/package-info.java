/**
 * The edge to HTTP that every service shares: tokens checked, the caller known, bodies counted and read strictly, refusals as
 * {@code application/problem+json}, writes that can spend made idempotent, health and metrics in one form. No domain.
 */
@NullMarked
package io.spotplane.web;

import org.jspecify.annotations.NullMarked;
