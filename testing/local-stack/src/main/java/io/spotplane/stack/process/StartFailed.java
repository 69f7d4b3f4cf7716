package io.spotplane.stack.process;

import java.util.List;

/** A process did not become ready; the message has its last words. */
public final class StartFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String part;

    StartFailed(String part, String reason, List<String> lastLines) {
        super(part + " did not start: " + reason
                + (lastLines.isEmpty() ? "" : "\n    " + String.join("\n    ", lastLines)));
        this.part = part;
    }

    /** Name of the part. */
    public String part() {
        return part;
    }
}
