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
 * <p>A JVM that finds an archive of its classes starts with two thirds of the work. Writing one makes the run before it twice as
 * slow, so that it is done in a rehearsal and never when somebody waits.
 *
 * @param executable the {@code java} program
 * @param archives where class archives are kept, one per process
 * @param rehearsal whether the archives are written, at the end of each process, rather than read
 */
public record JavaCommand(Path executable, Path archives, boolean rehearsal) {

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
        return new JavaCommand(Path.of(System.getProperty("java.home"), "bin", "java"), archives, false);
    }

    /** The same, writing archives. */
    public JavaCommand rehearsing() {
        return new JavaCommand(executable, archives, true);
    }

    /** Starts a class from the launcher's own class path. */
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

    /** Runs a JVM that does one thing and ends. */
    public void run(List<String> arguments) throws IOException {
        var words = new ArrayList<>(List.of(executable.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(arguments);
        ShortCommand.run(words);
    }

    /** The JVM believes an archive whose jars have the time and size that it knows; call this when they may have other classes. */
    public void forgetArchive(String name) throws IOException {
        Files.deleteIfExists(archive(name));
    }

    private List<String> words(String name, String heap) {
        var words = new ArrayList<>(List.of(executable.toString(), heap));
        words.addAll(SMALL_AND_QUICK);
        if (rehearsal) {
            words.add("-XX:ArchiveClassesAtExit=" + archive(name));
        } else if (Files.exists(archive(name))) {
            words.add("-XX:SharedArchiveFile=" + archive(name));
        }
        return words;
    }

    private Path archive(String name) {
        return archives.resolve(name + ".jsa");
    }
}
