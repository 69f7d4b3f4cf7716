package io.spotplane.providers.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A credential. It prints as {@code ***}, so that a settings record, a log line or a failure message cannot give it away; the value is taken out with
 * {@link #reveal} only where it is sent. Settings bind to it from text.
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("secret is blank");
        }
        this.value = value;
    }

    /**
     * A secret with this value.
     *
     * @throws IllegalArgumentException when it is blank
     */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, for the one place that sends or checks it. */
    public String reveal() {
        return value;
    }

    /** Whether {@code presented} is the value; takes the same time wherever they differ. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(bytes(value), bytes(presented));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
