package io.spotplane.stack.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to execute. Secrets belong into the environment, which only the owner of a process can read; words are public.
 *
 * @param words program and arguments
 * @param environment variables set for the process; printed without values
 */
public record Command(List<String> words, Map<String, String> environment) {

    /** What a process may inherit: a foreign AWS key or Spring profile in the user's shell must not reach it. */
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** A command without variables of its own. */
    public static Command of(List<String> words) {
        return new Command(words, Map.of());
    }

    /** The whole environment of the process: a few inherited variables, {@code SPOTPLANE_*} of the user, then its own. */
    Map<String, String> fullEnvironment(Map<String, String> inherited) {
        var full = inherited.entrySet().stream()
                .filter(variable -> INHERITED.contains(variable.getKey())
                        || variable.getKey().startsWith("SPOTPLANE_"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second, LinkedHashMap::new));
        full.putAll(environment);
        return full;
    }

    @Override
    public String toString() {
        return String.join(" ", words) + " with " + environment.keySet();
    }
}
