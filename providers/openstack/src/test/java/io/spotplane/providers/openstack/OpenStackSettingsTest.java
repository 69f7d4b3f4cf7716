package io.spotplane.providers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OpenStackSettingsTest {

    private final Map<String, String> given = new HashMap<>(Map.of(
            "auth-url", "http://keystone:5000/v3",
            "username", "svc",
            "password", "s3cret-word",
            "project-name", "admin"));

    @Test
    void hasDefaultsForEverythingButTheAddressAndTheCredential() {
        // When
        var settings = bind();
        // Then
        assertThat(settings.source()).isEqualTo("openstack");
        assertThat(settings.interfaceName()).isEqualTo("public");
        assertThat(settings.userDomainName()).isEqualTo("Default");
        assertThat(settings.callTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.concurrentCalls()).isEqualTo(64);
        assertThat(settings.pageSize()).isEqualTo(1000);
    }

    @Test
    void bindsTheInterface() {
        given.put("interface", "internal");
        assertThat(bind().interfaceName()).isEqualTo("internal");
    }

    @Test
    void findsTheTokensWithAndWithoutVersionInTheAddress() {
        assertThat(bind().tokensUrl()).isEqualTo(URI.create("http://keystone:5000/v3/auth/tokens"));
        given.put("auth-url", "http://keystone:5000/");
        assertThat(bind().tokensUrl()).isEqualTo(URI.create("http://keystone:5000/v3/auth/tokens"));
    }

    @Test
    void doesNotPrintThePassword() {
        assertThat(bind().toString()).doesNotContain("s3cret-word");
    }

    @Test
    void refusesAHalfCredentialAndTwoCredentials() {
        given.put("application-credential-id", "423f");
        given.put("application-credential-secret", "s3cret-word");
        assertRefused("not both");
        given.remove("password");
        given.remove("application-credential-secret");
        assertRefused("application-credential-id and -secret");
    }

    @Test
    void refusesAnUnknownInterfaceAndAnOddName() {
        given.put("interface", "secret");
        assertRefused("public, internal or admin");
        given.remove("interface");
        given.put("source", "CA 1");
        assertRefused("lower-case");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(this::bind).rootCause().hasMessageContaining(why);
    }

    private OpenStackSettings bind() {
        var properties = new HashMap<String, String>();
        given.forEach((name, value) -> properties.put("spotplane.providers.openstack." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("spotplane.providers.openstack", OpenStackSettings.class)
                .get();
    }
}
