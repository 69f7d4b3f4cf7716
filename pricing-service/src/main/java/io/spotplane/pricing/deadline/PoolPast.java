package io.spotplane.pricing.deadline;

/**
 * What was observed of one pool, tick by tick until now.
 *
 * @param ages as in {@link Situation#ages}, oldest first; at least one
 */
public record PoolPast(int[] ages) {

    /** The past of a pool that was up at the ticks marked so. */
    public static PoolPast of(boolean[] up) {
        var ages = new int[up.length];
        for (int at = 0; at < up.length; at++) {
            int before = at == 0 ? 0 : ages[at - 1];
            ages[at] = up[at] ? Math.max(before, 0) + 1 : Math.min(before, 0) - 1;
        }
        return new PoolPast(ages);
    }

    /** The first {@code ticks} of it. */
    public PoolPast until(int ticks) {
        return new PoolPast(java.util.Arrays.copyOf(ages, ticks));
    }

    /** How many ticks were observed. */
    public int ticks() {
        return ages.length;
    }

    /** How often it changed sides: what learning lives on. */
    public int turns() {
        int turns = 0;
        for (int at = 1; at < ages.length; at++) {
            turns += ages[at] > 0 == ages[at - 1] > 0 ? 0 : 1;
        }
        return turns;
    }
}
