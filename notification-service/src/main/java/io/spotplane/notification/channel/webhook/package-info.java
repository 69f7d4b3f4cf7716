/**
 * Webhooks as Standard Webhooks 1.0 describes them, sent to addresses outside of our own networks only.
 */
@NullMarked
package io.spotplane.notification.channel.webhook;

import org.jspecify.annotations.NullMarked;
