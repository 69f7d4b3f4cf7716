package io.spotplane.benchmarks.inventory;

/** One way to see a whole data centre. */
interface Sweep {

    /** How it is called in the table. */
    String name();

    /** Sees everything once. */
    Seen run();

    /**
     * What was seen; the same for every way, or the comparison would be worth nothing.
     *
     * @param hosts hosts whose servers were counted
     * @param servers servers on them
     * @param gpusUsed GPUs that the servers hold
     * @param devices devices in the catalogue
     */
    record Seen(int hosts, int servers, int gpusUsed, int devices) {}
}
