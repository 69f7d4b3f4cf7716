package io.spotplane.pricing.deadline;

import java.util.Arrays;

/**
 * The cheapest plan in expectation on pools that behave as an {@link Outlook} says: exact backward induction over ticks left, slack, what is held with its
 * start-up, and the outlook's state. Situations from which on demand could not finish are never entered ({@link Safety}), whatever the outlook says. Computed
 * once; a decision then is a look into a table.
 *
 * <p>A row of the table has, for each state of the outlook, what to do with nothing held; then with a machine on demand, for each tick of start-up that is
 * left; then, for the states with a pool that is up, with a machine of that pool likewise.
 */
public final class ExactPlan implements Policy {

    /** Stands for what must not be; finite, so that chances of 0 times it are 0. */
    private static final float NEVER = 1e9f;

    private static final byte WAIT = 0;
    private static final byte BUY = 1;
    private static final byte GO = 2;
    private static final byte STAY = 3;

    private final Job job;
    private final Outlook outlook;
    private final int states;
    private final int ups;
    private final int stages;
    private final int row;
    private final float[] rates;
    private final byte[][] choices;
    private final float[] expected;
    private float[] later;
    private float[] now;
    private final float[] reached;
    private final float[] landed;

    private ExactPlan(Job job, Outlook outlook) {
        this.job = job;
        this.outlook = outlook;
        this.states = outlook.states;
        this.ups = outlook.upStates();
        this.stages = job.startUp() + 1;
        this.row = rowOf(job, outlook);
        this.rates = new float[ups];
        for (int state = 0; state < ups; state++) {
            rates[state] = (float) outlook.rate(state);
        }
        this.choices = new byte[job.deadline() + 1][];
        this.later = new float[(job.slack() + 1) * row];
        this.now = new float[later.length];
        this.reached = new float[later.length];
        this.landed = new float[(job.slack() + 1) * (1 + stages) * outlook.landings.length];
        lookBack();
        this.expected = Arrays.copyOfRange(later, job.slack() * row, job.slack() * row + states);
        this.later = new float[0];
        this.now = later;
    }

    /** Plans {@code job} on pools of {@code outlook}; takes time and memory in proportion to {@link #size}. */
    static ExactPlan of(Job job, Outlook outlook) {
        return new ExactPlan(job, outlook);
    }

    /** How many situations a plan of this size works through. */
    static long size(Job job, Outlook outlook) {
        return (long) Math.min(job.work(), job.deadline()) * (job.slack() + 1) * rowOf(job, outlook);
    }

    private static int rowOf(Job job, Outlook outlook) {
        int stages = job.startUp() + 1;
        return (1 + stages) * outlook.states + stages * outlook.upStates();
    }

    /** The expected price of the whole job when it begins with pools at {@code ages}, where a tick on demand costs 1. */
    public double expected(int[] ages) {
        return expected[outlook.stateOf(ages)];
    }

    private void lookBack() {
        for (int left = 1; left <= job.deadline(); left++) {
            int most = Math.min(job.slack(), left - 1);
            int least = Math.max(0, left - job.work());
            lookAhead(Math.max(0, left - 1 - job.work()), Math.min(job.slack(), left - 2));
            choices[left] = decide(left, least, most);
            var spare = later;
            later = now;
            now = spare;
        }
    }

    /** What each entry of {@link #later} is worth one tick before the outlook shows its next state. */
    private void lookAhead(int least, int most) {
        for (int slack = least; slack <= most; slack++) {
            int at = slack * row;
            for (int held = 0; held <= stages; held++) {
                land(slack, held);
                lookAhead(at + held * states, states, landedAt(slack, held), true);
            }
            int lost = landedAt(Math.max(least, slack - job.loss()), 0);
            for (int starting = 0; starting < stages; starting++) {
                lookAhead(at + (1 + stages) * states + starting * ups, ups, lost, false);
            }
        }
    }

    private int landedAt(int slack, int held) {
        return (slack * (1 + stages) + held) * outlook.landings.length;
    }

    private void land(int slack, int held) {
        int to = landedAt(slack, held);
        int from = slack * row + held * states;
        for (int landing = 0; landing < outlook.landings.length; landing++) {
            var chances = outlook.landings[landing];
            float sum = 0;
            for (int state = 0; state < states; state++) {
                sum += (float) chances[state] * later[from + state];
            }
            landed[to + landing] = sum;
        }
    }

    /** Whoever holds a machine does not rise: a better pool that comes up does not move it. */
    private void lookAhead(int at, int count, int landedAt, boolean rising) {
        for (int state = 0; state < count; state++) {
            float same = later[at + state];
            float grows = (float) outlook.grows[state];
            float value = grows == 0 ? same : same + grows * (later[at + state + 1] - same);
            float leaves = (float) outlook.leaves[state];
            float rises = rising ? (float) outlook.rises[state] * (1 - leaves) : 0;
            float sum = (1 - leaves - rises) * value + leaves * landed[landedAt + outlook.leavesTo[state]];
            reached[at + state] = rises == 0 ? sum : sum + rises * landed[landedAt + outlook.risesTo[state]];
        }
    }

    private byte[] decide(int left, int least, int most) {
        var best = new byte[((most - least + 1) * row + 3) / 4];
        for (int slack = least; slack <= most; slack++) {
            int at = slack * row;
            int out = (slack - least) * row;
            for (int state = 0; state < states; state++) {
                decideAt(left, slack, state, at, out, best);
            }
        }
        return best;
    }

    private void decideAt(int left, int slack, int state, int at, int out, byte[] best) {
        float least = slack - 1 >= job.startUp() ? after(left, slack - 1, left - slack, state) : NEVER;
        byte how = WAIT;
        float buying = onDemand(left, slack, job.startUp(), state);
        if (buying < least) {
            least = buying;
            how = BUY;
        }
        boolean up = state < ups;
        float going = up ? onSpot(left, slack, job.startUp(), state) : NEVER;
        if (going < least) {
            least = going;
            how = GO;
        }
        now[at + state] = least;
        note(best, out + state, how);
        for (int starting = 0; starting < stages; starting++) {
            int bought = (1 + starting) * states + state;
            choose(at + bought, out + bought, onDemand(left, slack, starting, state), least, how, best);
            if (up) {
                int spot = (1 + stages) * states + starting * ups + state;
                choose(at + spot, out + spot, onSpot(left, slack, starting, state), least, how, best);
            }
        }
    }

    private void choose(int at, int out, float staying, float least, byte how, byte[] best) {
        boolean stay = staying <= least;
        now[at] = stay ? staying : least;
        note(best, out, stay ? STAY : how);
    }

    /** Four choices share a byte; each is noted once. */
    private static void note(byte[] best, int at, byte choice) {
        best[at >> 2] |= (byte) (choice << (at & 3) * 2);
    }

    private static byte noted(byte[] best, int at) {
        return (byte) (best[at >> 2] >> (at & 3) * 2 & 3);
    }

    private float onDemand(int left, int slack, int starting, int state) {
        if (slack < starting) {
            return NEVER;
        }
        return 1
                + (starting > 0
                        ? after(left, slack - 1, left - slack, starting * states + state)
                        : after(left, slack, left - slack - 1, states + state));
    }

    private float onSpot(int left, int slack, int starting, int state) {
        int workAfter = starting > 0 ? left - slack : left - slack - 1;
        int slackAfter = starting > 0 ? slack - 1 : slack;
        if (workAfter > 0 && slackAfter < Math.min(job.loss(), job.work() - workAfter) + job.startUp()) {
            return NEVER;
        }
        int held = (1 + stages) * states + Math.max(0, starting - 1) * ups + state;
        return rates[state] + after(left, slackAfter, workAfter, held);
    }

    private float after(int left, int slack, int work, int entry) {
        if (work == 0) {
            return 0;
        }
        return slack < 0 || left == 1 ? NEVER : reached[slack * row + entry];
    }

    @Override
    public Choice choose(Situation situation) {
        if (situation.workLeft() <= 0) {
            return Choice.IDLE;
        }
        int left = Math.min(situation.ticksLeft(), job.deadline());
        int least = Math.max(0, left - job.work());
        int slack = Math.min(left - Math.min(situation.workLeft(), job.work()), Math.min(job.slack(), left - 1));
        if (slack < least) {
            return Choice.ON_DEMAND;
        }
        var choice = read(noted(choices[left], (slack - least) * row + entry(situation)), situation);
        return Safety.allows(job, situation, choice) ? choice : Choice.ON_DEMAND;
    }

    private int entry(Situation situation) {
        var holding = situation.holding();
        int starting = Math.min(situation.startUpLeft(), job.startUp());
        return switch (holding.kind()) {
            case IDLE -> outlook.stateOf(situation.ages());
            case ON_DEMAND -> (1 + starting) * states + outlook.stateOf(situation.ages());
            case SPOT ->
                (1 + stages) * states
                        + starting * ups
                        + outlook.stateOf(holding.pool(), situation.ages()[holding.pool()]);
        };
    }

    private Choice read(byte code, Situation situation) {
        return switch (code) {
            case WAIT -> Choice.IDLE;
            case BUY -> Choice.ON_DEMAND;
            case GO -> Choice.spot(outlook.poolOf(outlook.stateOf(situation.ages())));
            default -> situation.holding();
        };
    }
}
