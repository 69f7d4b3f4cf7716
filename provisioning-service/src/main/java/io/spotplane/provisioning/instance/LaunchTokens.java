package io.spotplane.provisioning.instance;

import io.spotplane.providers.spi.LaunchToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Launch tokens are derived from instance ids: whoever knows the instance can name its launch, today and after any crash. */
public final class LaunchTokens {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 24;

    private LaunchTokens() {}

    /** The token of the instance {@code id}: the first 24 letters of its SHA-256, five bits a letter. */
    public static LaunchToken of(UUID id) {
        var hash = sha256(id.toString());
        var token = new StringBuilder("sp-");
        for (var letter = 0; letter < LENGTH; letter++) {
            token.append(ALPHABET.charAt(hash[letter] & 31));
        }
        return new LaunchToken(token.toString());
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
