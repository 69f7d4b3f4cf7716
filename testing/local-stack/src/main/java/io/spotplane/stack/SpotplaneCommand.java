package io.spotplane.stack;

import io.spotplane.stack.journey.Journey;
import io.spotplane.stack.journey.JourneyAddresses;
import io.spotplane.stack.journey.JourneyFailed;
import io.spotplane.stack.journey.Narrator;
import io.spotplane.stack.journey.SpotplaneApi;
import io.spotplane.stack.process.StartFailed;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code ./spotplane} hands on to Java. Exit status 0 means that it was done; the reason otherwise is on standard error. */
@Command(name = "./spotplane", synopsisSubcommandLabel = "COMMAND")
final class SpotplaneCommand {

    private static final String PORT = "port of the gateway; the eleven after it are used, too";

    private final Checkout checkout = Checkout.find();
    private final Home home = Home.ofEnvironment(checkout);
    private final Console console = new Console(System.out);

    public static void main(String[] arguments) {
        var command = new CommandLine(new SpotplaneCommand());
        command.setExecutionExceptionHandler((fault, line, result) -> explain(fault));
        System.exit(command.execute(arguments));
    }

    @Command(description = "starts the stack and leaves it running")
    int up(@Option(names = "--port", description = PORT, defaultValue = "${env:SPOTPLANE_PORT:-8080}") int port)
            throws IOException, InterruptedException {
        start(stackAt(new Ports(port)));
        return 0;
    }

    @Command(hidden = true, description = "lays out what was built; the script calls it after a build")
    int unpack() throws IOException {
        if (!stackThatRuns().unpack()) {
            console.say("The stack is up and goes on with what it has; what was built is used from its next start");
        }
        return 0;
    }

    @Command(hidden = true, description = "starts and stops once, so that later starts are quicker")
    int rehearse(@Option(names = "--port", description = PORT, defaultValue = "${env:SPOTPLANE_PORT:-8080}") int port)
            throws IOException, InterruptedException {
        var stack = LocalStack.rehearsal(home, checkout, new Ports(port));
        if (!stack.isDown()) {
            console.say("The stack is up, so it is not rehearsed: ./spotplane down, then ./spotplane build");
            return 0;
        }
        console.say("Rehearsing: every start after this one is quicker");
        stack.up(console);
        stack.down(console);
        return 0;
    }

    @Command(description = "stops the stack; data stay")
    int down() throws IOException, InterruptedException {
        stackThatRuns().down(console);
        console.say("Nothing runs; data are in " + home.data() + ".");
        return 0;
    }

    @Command(description = "shows every process: id, health, memory; status 1 unless all are ready")
    int status() throws IOException {
        var parts = stackThatRuns().status();
        console.status(parts);
        return parts.stream().allMatch(part -> part.health() == PartStatus.Health.READY) ? 0 : 1;
    }

    @Command(description = "prints a bearer token of the local issuer")
    int token(
            @Option(names = "--tenant", defaultValue = "demo", description = "tenant in the token") String tenant,
            @Option(
                            names = "--role",
                            defaultValue = "operator",
                            description = "viewer, operator, tenant-admin, platform-admin or service")
                    String role)
            throws IOException {
        console.say(SpotplaneApi.token(journeyAddresses(running().addresses()), tenant, role));
        return 0;
    }

    @Command(description = "plays the main job; starts the stack for it if it is not up")
    int demo(
            @Option(names = "--port", description = PORT, defaultValue = "${env:SPOTPLANE_PORT:-8080}") int port,
            @Option(names = "--keep", description = "leave a stack that the demo started running") boolean keep)
            throws IOException, InterruptedException {
        var stack = stackAt(LocalStack.portsInUse(home, new Ports(port)));
        var startedHere = !stack.isUp();
        if (startedHere) {
            start(stack);
        }
        try {
            new Journey(journeyAddresses(stack.addresses()), Narrator.to(System.out)).play();
        } finally {
            if (startedHere && !keep) {
                stack.down(Progress.SILENT);
                console.say("The stack that was started for this is stopped; --keep leaves it running.");
            }
        }
        return 0;
    }

    private void start(LocalStack stack) throws IOException, InterruptedException {
        console.say("Starting in " + home.root());
        var took = stack.up(console);
        console.welcome(stack.addresses(), stack.status(), took);
    }

    private LocalStack stackThatRuns() throws IOException {
        return stackAt(LocalStack.portsInUse(home, new Ports(Ports.USUAL_BASE)));
    }

    private LocalStack running() throws IOException {
        var stack = stackThatRuns();
        if (stack.pid("dev-issuer").isEmpty()) {
            throw new Refusal(
                    Refusal.UNAVAILABLE, "There is nobody to ask for a token", "the stack is not up", "./spotplane up");
        }
        return stack;
    }

    private LocalStack stackAt(Ports ports) throws IOException {
        return LocalStack.whole(home, checkout, ports);
    }

    private static JourneyAddresses journeyAddresses(StackAddresses at) {
        return new JourneyAddresses(at.gateway(), at.issuer(), at.clientSecret(), at.simulator(), at.kafka());
    }

    private static int explain(Exception fault) throws Exception {
        System.err.println(
                switch (fault) {
                    case Refusal refusal -> refusal.getMessage();
                    case StartFailed failed -> failed.getMessage() + "\n  all of it: ./spotplane logs " + failed.part();
                    case JourneyFailed failed -> "The journey failed: " + failed.getMessage();
                    case SpotplaneApi.Unexpected unexpected -> "The journey failed: " + unexpected.getMessage();
                    case IllegalArgumentException wrong -> wrong.getMessage();
                    default -> throw fault;
                });
        return fault instanceof Refusal refusal ? refusal.status() : 1;
    }
}
