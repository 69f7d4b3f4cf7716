package io.spotplane.stack.app;

import io.spotplane.stack.process.Command;
import io.spotplane.stack.process.JavaCommand;
import io.spotplane.stack.process.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The clouds. Their machines survive them, as those of real clouds survive us.
 *
 * @param port HTTP port
 * @param books directory in which they remember their machines
 * @param eventTarget where interruption warnings go
 * @param eventKey key that the target expects; told through the control API, not on the command line
 * @param java how JVMs are started here
 */
public record Simulator(int port, Path books, URI eventTarget, String eventKey, JavaCommand java) implements Part {

    @Override
    public String name() {
        return "provider-simulator";
    }

    @Override
    public Command command() {
        return java.main(
                "io.spotplane.simulator.SimulatorMain", name(), List.of(), "--port=" + port, "--books=" + books);
    }

    @Override
    public boolean isReady() throws IOException, InterruptedException {
        return Part.answersOk(URI.create(address() + "/_control/health"));
    }

    @Override
    public void afterReady() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address() + "/_control/event-target"))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"url\":\"%s\",\"key\":\"%s\"}".formatted(eventTarget, eventKey)))
                .build();
        var status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        if (status >= 300) {
            throw new IOException("the simulator refused its event target with " + status);
        }
    }

    @Override
    public String toString() {
        return "Simulator[port=" + port + ", eventTarget=" + eventTarget + "]";
    }
}
