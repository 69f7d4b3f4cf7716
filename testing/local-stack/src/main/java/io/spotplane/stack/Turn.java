package io.spotplane.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to start or stop in a home; the system takes it back when this JVM ends, however it ends. */
record Turn(FileChannel channel) implements AutoCloseable {

    /** @throws Refusal if somebody else starts or stops at this moment */
    static Turn in(Home home) throws IOException {
        var channel = FileChannel.open(home.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new Refusal(
                    Refusal.UNAVAILABLE,
                    "Another command is starting or stopping this stack",
                    "it holds " + home.run().resolve("lock"),
                    "wait until it has finished, or end it");
        }
        return new Turn(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
