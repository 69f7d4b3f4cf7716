/**
 * From a fault to the problem the client sees. One handler answers every failure, whoever raised it (a controller, the codecs,
 * Spring Security, routing), so that there is one form, one counter and one place that logs.
 */
@NullMarked
package io.spotplane.web.problem;

import org.jspecify.annotations.NullMarked;
