package io.spotplane.stack.backing;

import io.spotplane.stack.process.Command;
import io.spotplane.stack.process.JavaCommand;
import io.spotplane.stack.process.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/**
 * Kafka as broker and controller in one JVM of its own.
 *
 * @param port of the broker
 * @param controllerPort of the KRaft controller
 * @param data log directory, formatted at the first start
 * @param java how JVMs are started here
 */
public record Kafka(int port, int controllerPort, Path data, JavaCommand java) implements Part {

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Command command() throws IOException {
        return java.main(
                KafkaMain.class.getName(),
                name(),
                List.of("-Dlogback.configurationFile=kafka-logback.xml"),
                String.valueOf(port),
                String.valueOf(controllerPort),
                data.toString());
    }

    /** The broker opens its port when it is able to serve, not before. */
    @Override
    public boolean isReady() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        }
    }
}
