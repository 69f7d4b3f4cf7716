package io.spotplane.stack;

/** The stack cannot do what was asked. The message has three lines: what, why, and what to do. */
public final class Refusal extends RuntimeException {

    /** Exit status when something is not there that must be (sysexits: EX_UNAVAILABLE). */
    public static final int UNAVAILABLE = 69;

    /** Exit status when the software itself is not ready (sysexits: EX_SOFTWARE). */
    public static final int SOFTWARE = 70;

    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String what, String why, String remedy) {
        super("%s%n  why:     %s%n  to do:   %s".formatted(what, why, remedy));
        this.status = status;
    }

    /** What the command exits with. */
    public int status() {
        return status;
    }
}
