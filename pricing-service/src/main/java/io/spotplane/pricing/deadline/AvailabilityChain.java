package io.spotplane.pricing.deadline;

/**
 * What is believed of one pool: the chance, each tick, that it changes between up and down, by how long it has been as it is.
 *
 * @param up chances of going down, by age of the time up
 * @param down chances of coming back, by age of the time down
 */
public record AvailabilityChain(Side up, Side down) {

    /** The chance that a pool of {@code age} (see {@link Situation#ages}) changes sides before the next tick. */
    public double turns(int age) {
        return age > 0 ? up.leaves(age) : down.leaves(-age);
    }

    /**
     * One side: ages in bands, with one chance in each.
     *
     * @param from the first age of each band, ascending, from 1
     * @param chances the chance of changing sides in each band, more than 0 and less than 1
     */
    public record Side(int[] from, double[] chances) {

        int bands() {
            return from.length;
        }

        int band(int age) {
            int band = from.length - 1;
            while (from[band] > age) {
                band--;
            }
            return band;
        }

        double leaves(int age) {
            return chances[band(age)];
        }

        /** In a band of n ages, somebody who stays moves on after n ticks: geometric with that mean. */
        double grows(int band) {
            return band == from.length - 1 ? 0 : 1.0 / (from[band + 1] - from[band]);
        }
    }
}
