/** The public list of problem types (RFC 9457): every refusal a client can meet, with its stable code and status. */
@NullMarked
package io.spotplane.contracts.problem;

import org.jspecify.annotations.NullMarked;
