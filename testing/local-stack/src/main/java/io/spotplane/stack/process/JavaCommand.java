package io.spotplane.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How JVMs are started here: on the JDK that runs the launcher, small and quick to start rather than fast in the long run.
 *
 * @param executable the {@code java} program
 * @param archives where class data archives are kept, one per process
 */
public record JavaCommand(Path executable, Path archives) {

    private static final List<String> SMALL_AND_QUICK = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            // What cannot go into an archive is no news: proxies never can.
            "-Xlog:cds*=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** The JDK that runs this. */
    public static JavaCommand ofThisJvm(Path archives) {
        return new JavaCommand(Path.of(System.getProperty("java.home"), "bin", "java"), archives);
    }

    /** Starts a class from the launcher's own class path. */
    public Command main(Class<?> main, String name, List<String> options, String... arguments) {
        return main(main.getName(), name, options, arguments);
    }

    /** Starts a class from the launcher's own class path that is known by name only. */
    public Command main(String main, String name, List<String> options, String... arguments) {
        var words = words(name, "-Xmx256m");
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        words.addAll(List.of(arguments));
        return Command.of(words);
    }

    /** Starts an extracted Boot jar. */
    public Command jar(Path jar, String name, Map<String, String> environment) {
        var words = words(name, "-Xmx224m");
        words.addAll(List.of("-jar", jar.toString()));
        return new Command(words, environment);
    }

    /** The JVM believes an archive whose jars have the time and size that it knows; call this when they may have other classes. */
    public void forgetArchive(String name) throws IOException {
        Files.deleteIfExists(archive(name));
    }

    private Path archive(String name) {
        return archives.resolve(name + ".jsa");
    }

    /** Runs a JVM that does one thing and ends. */
    public void run(List<String> arguments) throws IOException {
        var words =
                new ArrayList<String>(List.of(executable.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(arguments);
        ShortCommand.run(words);
    }

    /**
     * The JVM writes the archive of loaded classes when it ends for the first time, uses it from then on, and writes a new one
     * when the class path or the JDK has changed.
     */
    private List<String> words(String name, String heap) {
        var words = new ArrayList<String>();
        words.add(executable.toString());
        words.add(heap);
        words.addAll(SMALL_AND_QUICK);
        words.add("-XX:+AutoCreateSharedArchive");
        words.add("-XX:SharedArchiveFile=" + archive(name));
        return words;
    }
}
