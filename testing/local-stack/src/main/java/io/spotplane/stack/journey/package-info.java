/**
 * The main job, played once from outside: through the public HTTP API, the request topic, a webhook receiver and an SSE client, with the
 * simulated providers as the weather. {@code ./spotplane demo} narrates it; the end-to-end tests run the same steps.
 */
@NullMarked
package io.spotplane.stack.journey;

import org.jspecify.annotations.NullMarked;
