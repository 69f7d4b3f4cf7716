package io.spotplane.gateway.route;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are.
 *
 * @param pricing base URI of pricing-service
 * @param provisioning base URI of provisioning-service
 * @param inventory base URI of inventory-agents-service
 * @param notification base URI of notification-service
 */
@Validated
@ConfigurationProperties("spotplane.gateway")
public record Upstreams(
        @NotNull @DefaultValue("http://127.0.0.1:8081") URI pricing,
        @NotNull @DefaultValue("http://127.0.0.1:8082") URI provisioning,
        @NotNull @DefaultValue("http://127.0.0.1:8083") URI inventory,
        @NotNull @DefaultValue("http://127.0.0.1:8084") URI notification) {

    /** All of them by name, in the order of the API's description. */
    public Map<String, URI> byName() {
        Map<String, URI> all = new LinkedHashMap<>();
        all.put("pricing", pricing);
        all.put("provisioning", provisioning);
        all.put("inventory", inventory);
        all.put("notification", notification);
        return all;
    }
}
