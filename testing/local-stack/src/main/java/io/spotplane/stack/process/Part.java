package io.spotplane.stack.process;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** One process of the stack. */
public interface Part {

    /** Unique in the stack; also the name of its log file. */
    String name();

    /** The loopback port that people and other parts use. */
    int port();

    /** The port as people write it. */
    default String address() {
        return "http://127.0.0.1:" + port();
    }

    /**
     * Lays out the program, which needs neither data nor anything that runs. May run any number of times, and does so before any part is
     * started: a program must not be written while others are.
     */
    default void unpack() throws IOException {}

    /** Makes ready what the process needs on disk and says how to start it. May run any number of times. */
    Command command() throws IOException;

    /** True as soon as the process does what it is for. Must answer within a second or two; a fault means "not yet". */
    boolean isReady() throws Exception;

    /** Runs once after each start, when the process is ready. May run any number of times. */
    default void afterReady() throws Exception {}

    /** How long it may take to become ready on a busy machine. */
    default Duration patience() {
        return Duration.ofSeconds(120);
    }

    /** Asks the process to end well; the caller waits and knows what to do if it does not. */
    default void requestStop(ProcessHandle process) throws IOException {
        process.destroy();
    }

    /** An {@link #isReady()} for parts with an HTTP health address. */
    static boolean answersOk(URI health) throws IOException, InterruptedException {
        return HttpProbe.status(health) == 200;
    }
}
