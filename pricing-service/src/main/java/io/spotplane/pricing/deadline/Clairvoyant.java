package io.spotplane.pricing.deadline;

import java.util.Arrays;

/**
 * Knows everything that will happen and pays the least that anybody could have paid: the yardstick of regret, not a policy to follow. Exact, by
 * backward induction over ticks left, slack and what is held. It sees a reclaim coming and saves in time, so it loses no progress.
 */
public final class Clairvoyant implements Policy {

    private static final float NEVER = Float.POSITIVE_INFINITY;
    private static final byte WAIT = 0;
    private static final byte BUY = 1;
    private static final byte FIRST_POOL = 2;

    private final Job job;
    private final Holdings holdings;
    private final float[] rates;
    private final byte[][] choices;
    private float[] later = new float[0];
    private float[] now = new float[0];

    /** Looks at all of {@code weather}; an hour of pool i counts {@code rates[i]} where one on demand counts 1. */
    public Clairvoyant(Job job, double[] rates, Replay.Weather weather) {
        this.job = job;
        this.holdings = new Holdings(job.startUp(), weather.pools());
        this.rates = new float[rates.length];
        for (int pool = 0; pool < rates.length; pool++) {
            this.rates[pool] = (float) rates[pool];
        }
        this.choices = new byte[job.deadline() + 1][];
        lookBack(weather);
    }

    /** How many situations it looks at; what bounds its time and memory. */
    public static long size(Job job, int pools) {
        return (long) job.work() * (job.slack() + 1) * new Holdings(job.startUp(), pools).count();
    }

    private void lookBack(Replay.Weather weather) {
        int width = (job.slack() + 1) * holdings.count();
        later = new float[width];
        now = new float[width];
        Arrays.fill(later, NEVER);
        for (int left = 1; left <= job.deadline(); left++) {
            choices[left] = decide(left, weather.ages(job.deadline() - left));
            var spare = later;
            later = now;
            now = spare;
        }
    }

    private byte[] decide(int left, int[] ages) {
        int most = Math.min(job.slack(), left - 1);
        int fewest = Math.max(0, left - job.work());
        var best = new byte[(most - fewest + 1) * holdings.count()];
        Arrays.fill(now, NEVER);
        for (int slack = fewest; slack <= most; slack++) {
            decideAt(left, slack, (slack - fewest) * holdings.count(), ages, best);
        }
        return best;
    }

    private void decideAt(int left, int slack, int out, int[] ages, byte[] best) {
        float least = after(left, slack - 1, left - slack, Holdings.NOTHING);
        byte how = WAIT;
        float buying = 1 + started(left, slack, holdings.onDemand(job.startUp()));
        if (buying < least) {
            least = buying;
            how = BUY;
        }
        for (int pool = 0; pool < ages.length; pool++) {
            float going =
                    ages[pool] > 0 ? rates[pool] + started(left, slack, holdings.spot(pool, job.startUp())) : NEVER;
            if (going < least) {
                least = going;
                how = (byte) (FIRST_POOL + pool);
            }
        }
        int row = slack * holdings.count();
        for (int held = 0; held < holdings.count(); held++) {
            float staying = staying(left, slack, held, ages);
            boolean stay = staying <= least;
            now[row + held] = stay ? staying : least;
            best[out + held] = stay ? code(held) : how;
        }
    }

    private float staying(int left, int slack, int held, int[] ages) {
        if (held == Holdings.NOTHING) {
            return NEVER;
        }
        if (holdings.isOnDemand(held)) {
            return 1 + started(left, slack, held);
        }
        int pool = holdings.pool(held);
        return ages[pool] > 0 ? rates[pool] + started(left, slack, held) : NEVER;
    }

    private byte code(int held) {
        return held == Holdings.NOTHING
                ? WAIT
                : holdings.isOnDemand(held) ? BUY : (byte) (FIRST_POOL + holdings.pool(held));
    }

    private float started(int left, int slack, int held) {
        int work = left - slack;
        return holdings.starting(held) ? after(left, slack - 1, work, held - 1) : after(left, slack, work - 1, held);
    }

    private float after(int left, int slack, int work, int held) {
        if (work == 0) {
            return 0;
        }
        return slack < 0 || left == 1 ? NEVER : later[slack * holdings.count() + held];
    }

    @Override
    public Choice choose(Situation situation) {
        if (situation.workLeft() <= 0) {
            return Choice.IDLE;
        }
        int slack = situation.ticksLeft() - situation.workLeft();
        int held = holdings.of(situation.holding(), situation.startUpLeft());
        int fewest = Math.max(0, situation.ticksLeft() - job.work());
        byte code = choices[situation.ticksLeft()][(slack - fewest) * holdings.count() + held];
        return code == WAIT ? Choice.IDLE : code == BUY ? Choice.ON_DEMAND : Choice.spot(code - FIRST_POOL);
    }
}
