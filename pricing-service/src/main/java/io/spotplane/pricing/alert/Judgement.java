package io.spotplane.pricing.alert;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a market's shelf says about an alert.
 *
 * @param alertId the alert
 * @param cause where it holds; null when it does not
 */
record Judgement(UUID alertId, @Nullable Cause cause) {}
