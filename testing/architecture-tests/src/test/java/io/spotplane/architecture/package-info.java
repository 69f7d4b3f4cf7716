/** The rules of DESIGN and STYLE that bytecode can show, each of them broken once on purpose to see that it bites. */
@NullMarked
package io.spotplane.architecture;

import org.jspecify.annotations.NullMarked;
