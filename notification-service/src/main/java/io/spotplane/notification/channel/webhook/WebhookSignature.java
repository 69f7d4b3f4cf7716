package io.spotplane.notification.channel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.spotplane.notification.channel.SigningSecret;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Standard Webhooks 1.0, scheme {@code v1}: HMAC-SHA256 over {@code id.timestamp.body}. */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** The value of {@code webhook-signature}. */
    static String of(SigningSecret secret, String id, Instant timestamp, String body) {
        var signed = id + "." + timestamp.getEpochSecond() + "." + body;
        return "v1," + Base64.getEncoder().encodeToString(hmac(secret.key(), signed.getBytes(UTF_8)));
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
