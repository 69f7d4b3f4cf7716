package io.spotplane.contracts.vocabulary;

/** How capacity is held: {@code SPOT} may be taken back by its provider, {@code ON_DEMAND} not. */
public enum CapacityType {
    SPOT,
    ON_DEMAND
}
