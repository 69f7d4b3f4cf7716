package io.spotplane.notification.channel;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A subscription's secret, as Standard Webhooks writes it. Never appears in logs.
 *
 * @param text {@code whsec_} and the key in Base64
 */
public record SigningSecret(String text) {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public SigningSecret {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("secret does not begin with " + PREFIX);
        }
    }

    /** A new one, 32 random bytes. */
    public static SigningSecret random() {
        var key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The key itself. */
    public byte[] key() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    @Override
    public String toString() {
        return "***";
    }
}
