package io.spotplane.providers.openstack;

import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.Duration;

/** Settings as an operator would write them. */
final class Settings {

    private static final Secret SECRET = Secret.of("s3cret-word");

    private Settings() {}

    static OpenStackSettings withPassword(URI authUrl) {
        return new OpenStackSettings(
                authUrl,
                "ca1",
                "svc",
                SECRET,
                "Default",
                "admin",
                "Default",
                null,
                null,
                "CA1",
                "public",
                Duration.ofSeconds(5),
                64,
                1000);
    }

    static OpenStackSettings withCredential(URI authUrl) {
        return new OpenStackSettings(
                authUrl,
                "ca1",
                null,
                null,
                "Default",
                null,
                "Default",
                "423f",
                SECRET,
                "CA1",
                "public",
                Duration.ofSeconds(5),
                64,
                1000);
    }
}
