package io.spotplane.providers.rackspace;

import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rackspace Spot. The public feed needs no account; {@code enabled} switches the adapter on.
 *
 * @param enabled whether its market is collected
 * @param feedUrl where the public price documents stand
 * @param apiUrl where the API stands; asked only with a refresh token
 * @param loginUrl where refresh tokens are exchanged
 * @param clientId the public client of all tools; it has no secret
 * @param refreshToken of an account ("API Access" in the console); null for the feed alone
 * @param callTimeout limit of one call
 */
@ConfigurationProperties("spotplane.providers.rackspace")
public record RackspaceSettings(
        @DefaultValue("false") boolean enabled,

        @DefaultValue("https://ngpc-prod-public-data.s3.us-east-2.amazonaws.com")
        URI feedUrl,

        @DefaultValue("https://spot.rackspace.com") URI apiUrl,
        @DefaultValue("https://login.spot.rackspace.com") URI loginUrl,
        @DefaultValue("mwG3lUMV8KyeMqHe4fJ5Bb3nM1vBvRNa") String clientId,
        @Nullable Secret refreshToken,
        @DefaultValue("15s") Duration callTimeout) {

    public RackspaceSettings {
        if (!callTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "spotplane.providers.rackspace.call-timeout is " + callTimeout + ", expected more than 0");
        }
    }
}
