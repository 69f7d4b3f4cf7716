package io.spotplane.stack;

import io.spotplane.stack.backing.Postgres;
import io.spotplane.stack.process.JavaCommand;
import io.spotplane.stack.process.Part;
import io.spotplane.stack.process.Processes;
import io.spotplane.stack.process.ResidentMemory;
import io.spotplane.stack.process.RunRecord;
import io.spotplane.stack.process.RunRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A stack in a home directory, running or not. Any number of these may look at the same home, in one JVM or several; starting and
 * stopping take turns.
 *
 * <p>A single part can be stopped, killed and started again, which is how tests see what the others do meanwhile.
 */
public final class LocalStack {

    private final Home home;
    private final Ports ports;
    private final Secrets secrets;
    private final List<List<Part>> waves;
    private final Processes processes;

    LocalStack(Home home, Ports ports, Secrets secrets, List<List<Part>> waves) {
        this.home = home;
        this.ports = ports;
        this.secrets = secrets;
        this.waves = waves;
        this.processes = new Processes(new RunRecords(home.run()), home.logs());
    }

    /** The whole stack. */
    public static LocalStack whole(Home home, Checkout checkout, Ports ports) throws IOException {
        return whole(home, checkout, ports, JavaCommand.ofThisJvm(home.programs()));
    }

    /** The whole stack, each JVM of which writes an archive of its classes when it ends: slow, once, so that others are quick. */
    static LocalStack rehearsal(Home home, Checkout checkout, Ports ports) throws IOException {
        return whole(
                home, checkout, ports, JavaCommand.ofThisJvm(home.programs()).rehearsing());
    }

    private static LocalStack whole(Home home, Checkout checkout, Ports ports, JavaCommand java) throws IOException {
        var secrets = secrets(home);
        return new LocalStack(home, ports, secrets, Parts.waves(home, checkout, ports, secrets, java));
    }

    /** Only PostgreSQL, Redis and Kafka. */
    public static LocalStack backingOnly(Home home, Checkout checkout, Ports ports) throws IOException {
        var secrets = secrets(home);
        var java = JavaCommand.ofThisJvm(home.programs());
        return new LocalStack(home, ports, secrets, Parts.backing(home, checkout, ports, secrets, java));
    }

    /** The ports of what runs in {@code home}; {@code otherwise} when nothing does. */
    public static Ports portsInUse(Home home, Ports otherwise) {
        return new RunRecords(home.run())
                .find("gateway")
                .map(gateway -> new Ports(gateway.port()))
                .orElse(otherwise);
    }

    static Secrets secrets(Home home) throws IOException {
        return Secrets.in(home.data().resolve("secrets.properties"));
    }

    public StackAddresses addresses() throws IOException {
        return StackAddresses.of(ports, secrets.of(StackAddresses.CLIENT_SECRET));
    }

    /** True when every part runs, ready or not. */
    public boolean isUp() {
        return parts().stream().allMatch(part -> processes.find(part).isPresent());
    }

    /** True when nothing of it runs. */
    boolean isDown() {
        return processes.records().alive().findAny().isEmpty();
    }

    /**
     * Starts everything and waits until all of it is ready. When anything goes wrong, or this JVM is told to end meanwhile, what was
     * started is stopped again.
     *
     * @return how long it took
     * @throws Refusal if an earlier run is still (partly) alive, or ports are taken; nothing was started then
     * @throws io.spotplane.stack.process.StartFailed if a part did not become ready
     */
    public Duration up(Progress progress) throws IOException, InterruptedException {
        home.create();
        try (var turn = Turn.in(home)) {
            refuseUnlessClear();
            ports.refuseIfTaken();
            var begin = Instant.now();
            unpackPrograms();
            new Startup(processes, progress).run(waves);
            return Duration.between(begin, Instant.now());
        }
    }

    /**
     * Lays out the programs of all parts, so that the first start after a build need not. Nothing is laid out under the feet of processes
     * that run: those get theirs at their next start.
     *
     * @return whether it was done
     * @throws Refusal if something is not built
     */
    boolean unpack() throws IOException {
        home.create();
        try (var turn = Turn.in(home)) {
            if (!isDown()) {
                return false;
            }
            unpackPrograms();
            return true;
        }
    }

    /**
     * One after the other, before the first process is there. A program that is written while another thread forks stays open for writing
     * in the child for a moment, and the system refuses to execute it: "Text file busy".
     */
    private void unpackPrograms() throws IOException {
        for (var part : parts()) {
            part.unpack();
        }
    }

    /** Stops what runs: services first, then what they need. Does nothing when nothing runs. */
    public void down(Progress progress) throws IOException, InterruptedException {
        if (!Files.isDirectory(home.run())) {
            return;
        }
        try (var turn = Turn.in(home)) {
            new Shutdown(processes, progress).run(waves);
        }
    }

    /** Starts one part that was stopped or killed, and waits until it is ready. */
    public Duration start(String name) throws InterruptedException {
        return processes.start(part(name));
    }

    /** Stops one part as {@link #down} would. */
    public void stop(String name) {
        processes.stop(part(name));
    }

    /** SIGKILL to one part and its child processes. */
    public void kill(String name) {
        processes.kill(part(name));
    }

    /** SIGKILL to everything at once, as a power cut would. */
    public void killAll() {
        parts().parallelStream().forEach(processes::kill);
    }

    /** Process id of a part; empty when it does not run. */
    public OptionalLong pid(String name) {
        return pid(part(name));
    }

    /** The end of what a part logged since its start. */
    public List<String> lastWords(String name) {
        return processes.lastWords(part(name).name());
    }

    /** A connection to a database, as PostgreSQL's superuser: for tests that make and see locks. */
    public Connection connectTo(String database) throws SQLException {
        return ((Postgres) part("postgres")).connect(database);
    }

    /** Names of all parts, in the order of starting. */
    public List<String> names() {
        return parts().stream().map(Part::name).toList();
    }

    /** Looks at every part now. */
    public List<PartStatus> status() {
        return parts().parallelStream().map(this::status).toList();
    }

    private PartStatus status(Part part) {
        var process = processes.find(part);
        return new PartStatus(
                part.name(),
                part.address(),
                pid(part),
                health(part),
                process.map(ResidentMemory::of).orElse(ResidentMemory.UNKNOWN));
    }

    private PartStatus.Health health(Part part) {
        if (processes.find(part).isEmpty()) {
            return processes.records().find(part.name()).isPresent()
                    ? PartStatus.Health.DEAD
                    : PartStatus.Health.STOPPED;
        }
        return processes.isReady(part) ? PartStatus.Health.READY : PartStatus.Health.NOT_READY;
    }

    private OptionalLong pid(Part part) {
        return processes
                .find(part)
                .map(process -> OptionalLong.of(process.pid()))
                .orElse(OptionalLong.empty());
    }

    private void refuseUnlessClear() {
        var alive = processes.records().alive().toList();
        if (alive.isEmpty()) {
            return;
        }
        var missing = new ArrayList<>(names());
        alive.forEach(record -> missing.remove(record.name()));
        if (missing.isEmpty()) {
            throw new Refusal(
                    Refusal.UNAVAILABLE,
                    "The stack is up already, on port " + ports.base(),
                    "all " + alive.size() + " processes run",
                    "./spotplane status, or ./spotplane down first");
        }
        throw new Refusal(
                Refusal.UNAVAILABLE,
                "An earlier run is half dead: " + running(alive) + " still run, " + String.join(", ", missing)
                        + " do not",
                "some processes ended by themselves, were killed, or a start was cut short",
                "./spotplane down, which stops the rest (data stay), then ./spotplane up");
    }

    private static String running(List<RunRecord> alive) {
        return alive.stream()
                .map(record -> record.name() + " (pid " + record.pid() + ")")
                .collect(Collectors.joining(", "));
    }

    private List<Part> parts() {
        return waves.stream().flatMap(List::stream).toList();
    }

    private Part part(String name) {
        return parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no part is called " + name + "; there are " + names()));
    }
}
