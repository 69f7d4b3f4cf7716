/**
 * How a message leaves the house. A channel tries once and says what happened; when to try again is not its business.
 */
@NullMarked
package io.spotplane.notification.channel;

import org.jspecify.annotations.NullMarked;
