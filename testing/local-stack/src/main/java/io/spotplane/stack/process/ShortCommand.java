package io.spotplane.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program that does one thing and ends. */
public final class ShortCommand {

    private ShortCommand() {}

    /** @throws IOException with what the program said, if it does not end with status 0 */
    public static void run(List<String> words) throws IOException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (statusOf(process) != 0) {
            throw new IOException(String.join(" ", words) + " failed: " + output.strip());
        }
    }

    private static int statusOf(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
