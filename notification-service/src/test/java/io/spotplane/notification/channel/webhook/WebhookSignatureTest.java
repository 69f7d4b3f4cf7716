package io.spotplane.notification.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.spotplane.notification.channel.SigningSecret;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    private static final String BODY = "{\"type\":\"ping\"}";

    private final SigningSecret secret = SigningSecret.random();

    @Test
    void theStandardsOwnLibraryAcceptsIt() {
        // Given
        var headers = headers(WebhookSignature.of(secret, "id-1", Instant.now(), BODY));
        // Then
        assertThatCode(() -> new Webhook(secret.text()).verify(BODY, headers)).doesNotThrowAnyException();
    }

    @Test
    void anotherBodyOrAnotherSecretIsRefused() {
        // Given
        var headers = headers(WebhookSignature.of(secret, "id-1", Instant.now(), BODY));
        // Then
        assertThatThrownBy(() -> new Webhook(secret.text()).verify(BODY + " ", headers))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(SigningSecret.random().text()).verify(BODY, headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void theSecretIsNotPrinted() {
        assertThat(secret).hasToString("***");
    }

    private static HttpHeaders headers(String signature) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of("id-1"),
                        "webhook-timestamp", List.of(Long.toString(Instant.now().getEpochSecond())),
                        "webhook-signature", List.of(signature)),
                (name, value) -> true);
    }
}
