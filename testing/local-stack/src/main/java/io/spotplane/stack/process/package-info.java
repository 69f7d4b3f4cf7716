/**
 * Processes that outlive the command that started them: how one is started, found again (process id and start time, because ids
 * are used again), seen to be ready, measured and stopped.
 */
@NullMarked
package io.spotplane.stack.process;

import org.jspecify.annotations.NullMarked;
