package io.spotplane.simulator.behaviour;

/** An error that a rule wants to be answered; each protocol gives it its own form. */
public record Refusal(int status, String code, String message) {

    public Refusal {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not between 200 and 599");
        }
    }
}
