package io.spotplane.contracts.vocabulary;

/**
 * What a provider hints about stock. A hint, never a promise: users have recorded "High" followed by a refusal.
 * {@code UNKNOWN} where the provider says nothing.
 */
public enum Availability {
    UNKNOWN,
    NONE,
    LOW,
    MEDIUM,
    HIGH
}
