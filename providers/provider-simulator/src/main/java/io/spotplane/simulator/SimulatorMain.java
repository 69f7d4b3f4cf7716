package io.spotplane.simulator;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Runs one world until SIGTERM. Flags are {@code --name=value} or {@code --name value}. */
public final class SimulatorMain {

    private static final Set<String> FLAGS = Set.of(
            "port",
            "seed",
            "hosts",
            "event-target",
            "event-key",
            "visible-ms",
            "boot-ms",
            "reachable-ms",
            "end-ms",
            "credit",
            "token-seconds",
            "books");

    private SimulatorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> flags;
        try {
            flags = flags(arguments);
        } catch (IllegalArgumentException usage) {
            System.err.println(usage.getMessage());
            System.exit(2);
            return;
        }
        var simulator = ProviderSimulator.start(settings(flags));
        if (flags.containsKey("event-target")) {
            simulator.eventTarget(URI.create(flags.get("event-target")), flags.getOrDefault("event-key", ""));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "close"));
        System.out.println("Provider simulator at " + simulator.baseUri() + " with "
                + simulator.dataCentre().hosts().size() + " hosts");
        Thread.currentThread().join();
    }

    private static SimulatorSettings settings(Map<String, String> flags) {
        return new SimulatorSettings(
                Integer.parseInt(flags.getOrDefault("port", "8086")),
                Long.parseLong(flags.getOrDefault("seed", "1")),
                Integer.parseInt(flags.getOrDefault("hosts", "120")),
                new Timing(
                        millis(flags, "visible-ms", Timing.DEFAULT.visible()),
                        millis(flags, "boot-ms", Timing.DEFAULT.boot()),
                        millis(flags, "reachable-ms", Timing.DEFAULT.reachable()),
                        millis(flags, "end-ms", Timing.DEFAULT.end())),
                new BigDecimal(flags.getOrDefault("credit", "100")),
                Duration.ofSeconds(Long.parseLong(flags.getOrDefault("token-seconds", "3600"))),
                flags.containsKey("books") ? Path.of(flags.get("books")) : null);
    }

    private static Duration millis(Map<String, String> flags, String name, Duration otherwise) {
        return flags.containsKey(name) ? Duration.ofMillis(Long.parseLong(flags.get(name))) : otherwise;
    }

    static Map<String, String> flags(String[] arguments) {
        var flags = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i++) {
            var words = arguments[i].split("=", 2);
            var name = words[0].startsWith("--") ? words[0].substring(2) : "";
            if (!FLAGS.contains(name)) {
                throw new IllegalArgumentException("unknown argument '" + arguments[i] + "', expected one of --"
                        + String.join(", --", FLAGS.stream().sorted().toList()));
            }
            if (words.length == 1 && i + 1 == arguments.length) {
                throw new IllegalArgumentException("--" + name + " needs a value");
            }
            flags.put(name, words.length == 2 ? words[1] : arguments[++i]);
        }
        return flags;
    }
}
