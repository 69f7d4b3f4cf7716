package io.spotplane.simulator.runpod;

/** RunPod says no, in a sentence, with GraphQL's code and REST's status for it. */
final class PodRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    PodRefusal(String code, int status, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    static PodRefusal noCapacity(boolean spot) {
        return new PodRefusal(
                "SUPPLY_CONSTRAINT",
                400,
                spot
                        ? "There are no longer any instances available with the request specifications. Please try again later."
                        : "There are no longer any instances available with the requested specifications. Please refresh and try again.");
    }

    static PodRefusal balanceTooLow() {
        return new PodRefusal(
                "INSUFFICIENT_BALANCE",
                402,
                "Your account balance is too low to rent a pod. Please add funds to your account.");
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }
}
