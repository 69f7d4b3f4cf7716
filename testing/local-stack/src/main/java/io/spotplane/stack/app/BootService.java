package io.spotplane.stack.app;

import io.spotplane.stack.process.Command;
import io.spotplane.stack.process.JavaCommand;
import io.spotplane.stack.process.Part;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * A Spring Boot process.
 *
 * @param name as its module is called
 * @param port of its HTTP server
 * @param health what answers 200 when it is ready
 * @param jar its runnable jar, extracted before the first start
 * @param settings environment variables
 * @param java how JVMs are started here
 */
public record BootService(
        String name, int port, URI health, ExtractedJar jar, Map<String, String> settings, JavaCommand java)
        implements Part {

    @Override
    public void unpack() throws IOException {
        jar.extract(java, name);
    }

    @Override
    public Command command() throws IOException {
        return java.jar(jar.extract(java, name), name, settings);
    }

    @Override
    public boolean isReady() throws IOException, InterruptedException {
        return Part.answersOk(health);
    }

    @Override
    public String toString() {
        return "BootService[" + name + ", port=" + port + "]";
    }
}
