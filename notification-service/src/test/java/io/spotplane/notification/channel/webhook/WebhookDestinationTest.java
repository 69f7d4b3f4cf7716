package io.spotplane.notification.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.notification.NotificationSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WebhookDestinationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/hook",
                "https://localhost/hook",
                "https://10.1.2.3/hook",
                "https://192.168.0.1/hook",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/hook",
                "https://[::ffff:127.0.0.1]/hook",
                "https://[fd00::1]/hook",
                "https://0.0.0.0/hook",
                "https://2130706433/hook",
                "http://198.51.100.1/hook",
                "https://8.8.8.8:22/hook",
                "https://user:password@8.8.8.8/hook",
                "https://8.8.8.8/hook#fragment",
                "ftp://8.8.8.8/hook",
                "https:///hook",
                "//8.8.8.8/hook",
                "not a url"
            })
    void refuses(String url) {
        assertThat(objection(url, false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://8.8.8.8/hook", "https://8.8.8.8:8443/hook?key=1", "https://[2606:4700::1111]/hook"})
    void acceptsPublicAddressesOverTls(String url) {
        assertThat(objection(url, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000/hook", "https://localhost/hook"})
    void acceptsInternalAddressesOnlyWhenTold(String url) {
        assertThat(objection(url, true)).isEmpty();
    }

    private static Optional<String> objection(String url, boolean internal) {
        return new WebhookDestination(settings(internal)).objectionTo(url).block(PATIENCE);
    }

    static NotificationSettings settings(boolean internal) {
        return settings(Map.of("spotplane.notification.allow-internal-addresses", internal));
    }

    static NotificationSettings settings(Map<String, ?> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("spotplane.notification", NotificationSettings.class);
    }
}
