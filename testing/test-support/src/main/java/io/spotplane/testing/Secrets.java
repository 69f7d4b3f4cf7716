package io.spotplane.testing;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords of servers that live as long as this JVM. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    static String fresh() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
