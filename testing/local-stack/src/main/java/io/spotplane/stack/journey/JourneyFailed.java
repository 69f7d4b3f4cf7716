package io.spotplane.stack.journey;

/** A step did not happen. The message says which, what was seen instead and where to look. */
public final class JourneyFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JourneyFailed(String message) {
        super(message);
    }
}
