package io.spotplane.stack.journey;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Tells the journey as a timeline: seconds since its start, who, what. Colours only on a terminal that wants them. */
public final class Narrator {

    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean colours;
    private final Instant start = Instant.now();

    private Narrator(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Narrates to {@code out}; colours when it is a terminal and {@code NO_COLOR} is not set. */
    public static Narrator to(PrintStream out) {
        return new Narrator(
                out, System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null);
    }

    void chapter(String title) {
        out.println();
        out.println("  " + paint(BOLD, title));
        out.flush();
    }

    void tell(String who, String what) {
        line(PLAIN, who, what);
    }

    void good(String who, String what) {
        line(GREEN, who, what);
    }

    void warn(String who, String what) {
        line(YELLOW, who, what);
    }

    void bad(String who, String what) {
        line(RED, who, what);
    }

    void detail(String what) {
        out.println(paint(DIM, " ".repeat(25) + what));
    }

    Duration elapsed() {
        return Duration.between(start, Instant.now());
    }

    private void line(String colour, String who, String what) {
        var seconds = elapsed().toMillis() / 1000.0;
        out.printf(
                "  %s  %s  %s%n",
                paint(DIM, "%7.2f s".formatted(seconds)), paint(colour, "%-12s".formatted(who)), what);
        out.flush();
    }

    private String paint(String colour, String text) {
        return colours && !colour.equals(PLAIN) ? colour + text + PLAIN : text;
    }
}
