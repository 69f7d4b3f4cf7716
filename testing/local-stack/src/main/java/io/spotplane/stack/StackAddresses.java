package io.spotplane.stack;

import java.net.URI;

/**
 * Where a running stack answers. All of it is loopback.
 *
 * @param gateway the public API
 * @param gatewayManagement the gateway's health and metrics
 * @param pricing pricing-service by itself; the other services likewise
 * @param issuer where tokens come from
 * @param clientSecret secret of the issuer's client {@code spotplane-cli}
 * @param simulator the clouds and their control API
 * @param kafka bootstrap servers
 */
public record StackAddresses(
        URI gateway,
        URI gatewayManagement,
        URI pricing,
        URI provisioning,
        URI inventory,
        URI notification,
        URI issuer,
        String clientSecret,
        URI simulator,
        String kafka) {

    static final String CLIENT_SECRET = "issuer.client";

    static StackAddresses of(Ports ports, String clientSecret) {
        return new StackAddresses(
                uri(ports.gateway()),
                uri(ports.gatewayManagement()),
                uri(ports.pricing()),
                uri(ports.provisioning()),
                uri(ports.inventory()),
                uri(ports.notification()),
                uri(ports.issuer()),
                clientSecret,
                uri(ports.simulator()),
                "127.0.0.1:" + ports.kafka());
    }

    private static URI uri(int port) {
        return URI.create(ServiceSettings.http(port));
    }

    @Override
    public String toString() {
        return "StackAddresses[gateway=" + gateway + ", issuer=" + issuer + ", simulator=" + simulator + "]";
    }
}
