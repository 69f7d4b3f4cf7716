package io.spotplane.pricing.deadline;

/**
 * Numbers for what may be held, so that it can index a table: nothing is 0; then for on demand, and for each pool, one number for each tick of
 * start-up that may be left. One less is one tick of start-up less.
 */
final class Holdings {

    static final int NOTHING = 0;

    private final int stages;
    private final int pools;

    Holdings(int startUp, int pools) {
        this.stages = startUp + 1;
        this.pools = pools;
    }

    int count() {
        return 1 + stages * (1 + pools);
    }

    int onDemand(int startUpLeft) {
        return 1 + startUpLeft;
    }

    int spot(int pool, int startUpLeft) {
        return 1 + stages * (1 + pool) + startUpLeft;
    }

    int of(Choice choice, int startUpLeft) {
        return switch (choice.kind()) {
            case IDLE -> NOTHING;
            case ON_DEMAND -> onDemand(startUpLeft);
            case SPOT -> spot(choice.pool(), startUpLeft);
        };
    }

    boolean isOnDemand(int held) {
        return held >= 1 && held <= stages;
    }

    int pool(int held) {
        return (held - 1) / stages - 1;
    }

    boolean starting(int held) {
        return (held - 1) % stages > 0;
    }
}
