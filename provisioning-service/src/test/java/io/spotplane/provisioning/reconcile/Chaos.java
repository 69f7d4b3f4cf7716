package io.spotplane.provisioning.reconcile;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** All luck of a simulation, from one seed; can be told that from now on everything goes well. */
final class Chaos {

    private final RandomGenerator random;
    private boolean over;

    Chaos(long seed) {
        this.random = new Random(seed);
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** Something bad happens with {@code percent} in a hundred, until chaos has ended. */
    boolean strikes(int percent) {
        return !over && random.nextInt(100) < percent;
    }

    /** The process dies at {@code where} in six of a thousand times. */
    void mayCrash(String where) {
        if (!over && random.nextInt(1000) < 6) {
            throw new Crash(where);
        }
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    <T> T one(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
