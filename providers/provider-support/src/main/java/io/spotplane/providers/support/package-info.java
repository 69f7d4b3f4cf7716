/**
 * What every adapter needs around its calls and would otherwise write again: {@link io.spotplane.providers.support.CallGuard} (measure, breaker,
 * concurrency), {@link io.spotplane.providers.support.ProviderHttp} (a client that neither follows redirects nor repeats a request by itself),
 * {@link io.spotplane.providers.support.HttpAnswer} (an answer as it came, before anyone believes it), and secrets that do not print. No provider is
 * named here, and nothing here decides what an answer means: that is each adapter's {@code <Name>Faults}.
 */
@NullMarked
package io.spotplane.providers.support;

import org.jspecify.annotations.NullMarked;
