package io.spotplane.provisioning.holding;

import java.time.Instant;

/**
 * Why instances that are wanted could not be placed.
 *
 * @param reason {@code NO_OFFERING}, {@code NO_CAPACITY}, {@code PRICE_TOO_LOW}, {@code PRICE_STALE} or {@code BUDGET_EXHAUSTED}
 * @param message the same for people: what was looked at and why it was left out
 * @param since when it was met first without a placement in between
 */
public record Obstacle(String reason, String message, Instant since) {}
