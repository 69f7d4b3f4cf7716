package io.spotplane.stack.process;

import java.util.List;

/** What of a log tells a person why its process ended: the end of it, without the frames of stack traces. */
final class LastWords {

    private static final int LINES = 8;
    private static final int COLUMNS = 300;

    private LastWords() {}

    static List<String> in(List<String> log) {
        var words =
                log.stream().filter(LastWords::isTold).map(LastWords::shortened).toList();
        return words.subList(Math.max(0, words.size() - LINES), words.size());
    }

    private static boolean isTold(String line) {
        var text = line.strip();
        return !text.isEmpty() && !text.startsWith("at ") && !text.startsWith("... ");
    }

    private static String shortened(String line) {
        return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS) + "…";
    }
}
