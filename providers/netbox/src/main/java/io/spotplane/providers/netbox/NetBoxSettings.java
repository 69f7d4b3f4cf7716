package io.spotplane.providers.netbox;

import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One NetBox. The adapter is switched on by {@code base-url}.
 *
 * @param baseUrl its address, with or without {@code /api}
 * @param token an API token with read rights: 40 hex digits (v1) or {@code nbt_<key>.<token>} (v2)
 * @param source the catalogue's name in metrics and answers
 * @param role name of the device role that GPU hosts have
 * @param callTimeout for one call, that is one page
 * @param pageSize devices that are asked for in one page; NetBox itself caps at its {@code MAX_PAGE_SIZE}
 */
@ConfigurationProperties("spotplane.providers.netbox")
public record NetBoxSettings(
        URI baseUrl,
        Secret token,
        @DefaultValue("netbox") String source,
        @DefaultValue("gpu servers") String role,
        @DefaultValue("20s") Duration callTimeout,
        @DefaultValue("1000") int pageSize) {

    private static final String V2_TOKEN = "nbt_";

    public NetBoxSettings {
        require(baseUrl.getHost() != null, "base-url", baseUrl, "an http or https address");
        require(source.matches("[a-z0-9][a-z0-9-]{0,31}"), "source", source, "lower-case letters, digits and dashes");
        require(!role.isBlank(), "role", role, "the name of a device role");
        require(callTimeout.isPositive(), "call-timeout", callTimeout, "more than 0");
        require(pageSize >= 1, "page-size", pageSize, "at least 1");
    }

    /** Where devices are listed. NetBox redirects without the slash at the end. */
    URI devicesUrl() {
        var base = baseUrl.toString().replaceAll("/+$", "");
        return URI.create((base.endsWith("/api") ? base : base + "/api") + "/dcim/devices/");
    }

    /** The {@code Authorization} header: v2 tokens are bearer tokens, v1 tokens are not. */
    String authorization() {
        var value = token.reveal();
        return (value.startsWith(V2_TOKEN) ? "Bearer " : "Token ") + value;
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "spotplane.providers.netbox." + name + " is " + value + ", expected " + expected);
        }
    }
}
