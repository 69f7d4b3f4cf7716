package io.spotplane.stack.backing;

import io.spotplane.stack.process.Command;
import io.spotplane.stack.process.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis with an append-only file, on loopback, behind a password.
 *
 * @param port TCP port
 * @param binaries where the server is unpacked
 * @param data directory of the append-only file and of the configuration, which only the owner can read
 * @param password for {@code AUTH}
 */
public record Redis(int port, Path binaries, Path data, String password) implements Part {

    private static final int LIMIT_MILLIS = 1000;

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String address() {
        return "redis://127.0.0.1:" + port;
    }

    /** In a directory aside, because the library writes the program anew each time and removes it when this JVM ends. */
    @Override
    public void unpack() throws IOException {
        if (Files.isExecutable(server())) {
            return;
        }
        var aside = Files.createDirectories(binaries.resolve("partial"));
        var unpacked = ExecutableProvider.newJarResourceProvider(aside.toFile()).get();
        Files.move(unpacked.toPath(), server(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public Command command() throws IOException {
        unpack();
        Files.createDirectories(data);
        return Command.of(List.of(server().toString(), configuration().toString()));
    }

    /** Speaks Redis's inline commands, so that the launcher needs no client library. */
    @Override
    public boolean isReady() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.getOutputStream()
                    .write("AUTH %s\r\nPING\r\nQUIT\r\n".formatted(password).getBytes(StandardCharsets.US_ASCII));
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answers.contains("+PONG");
        }
    }

    @Override
    public String toString() {
        return "Redis[port=" + port + ", data=" + data + "]";
    }

    private Path server() {
        return binaries.resolve("redis-server");
    }

    private Path configuration() throws IOException {
        var file = data.resolve("redis.conf");
        Files.writeString(file, """
                bind 127.0.0.1
                port %d
                dir "%s"
                requirepass %s
                appendonly yes
                appendfsync everysec
                maxmemory 256mb
                maxmemory-policy noeviction
                """.formatted(port, data, password));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
