package io.spotplane.provisioning.placement;

/**
 * Why an offering is left out.
 *
 * @param reason stable code
 * @param detail what was found and what was expected
 */
record Rejection(Reason reason, String detail) {

    /** Stable codes, and how they read after a number of offerings. */
    enum Reason {
        OTHER_SHAPE("of another shape"),
        OTHER_CAPACITY_TYPE("of the other capacity type"),
        OTHER_PROVIDER("of providers that were not asked for"),
        OTHER_REGION("in regions that were not asked for"),
        OTHER_CURRENCY("in another currency"),
        NOT_LAUNCHABLE("of providers without an account"),
        ABOVE_CAP("above the price cap"),
        STALE("with a price that is too old"),
        SOLD_OUT("sold out"),
        COOLING_DOWN("resting after a refusal or a reclaim"),
        ACCOUNT_SUSPENDED("of a suspended account");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
