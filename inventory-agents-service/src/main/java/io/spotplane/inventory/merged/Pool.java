package io.spotplane.inventory.merged;

/** What capacity is for, commercially. A host is in exactly one pool. */
public enum Pool {
    ON_DEMAND,
    SPOT,
    RUNPOD,
    CONTRACT,
    OUT_OF_STOCK,
    OTHER
}
