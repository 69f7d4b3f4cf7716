package io.spotplane.stack.journey;

import java.net.URI;

/**
 * Where the journey goes.
 *
 * @param gateway base URI of the public API
 * @param issuer base URI of the token issuer
 * @param clientSecret secret of the issuer's client {@code spotplane-cli}
 * @param simulator base URI of the provider simulator, whose control API is the journey's weather
 * @param kafka bootstrap servers
 */
public record JourneyAddresses(URI gateway, URI issuer, String clientSecret, URI simulator, String kafka) {

    @Override
    public String toString() {
        return "JourneyAddresses[gateway=" + gateway + ", issuer=" + issuer + ", simulator=" + simulator + ", kafka="
                + kafka + "]";
    }
}
