package io.spotplane.providers.openstack;

import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * One OpenStack cloud. The adapter is switched on by {@code auth-url}. Either a user with a password and a project, or an application credential.
 *
 * @param authUrl Keystone's address, with or without {@code /v3}
 * @param source the cloud's name in ids, metrics and answers, such as {@code ca1}
 * @param username user name; null with an application credential
 * @param password the user's password; null with an application credential
 * @param userDomainName the user's domain
 * @param projectName the project to which the token is scoped; the user needs Nova's admin rights in it
 * @param projectDomainName the project's domain
 * @param applicationCredentialId id of an application credential; null with a password
 * @param applicationCredentialSecret its secret; null with a password
 * @param regionName which region's Nova; null when the catalog has one only
 * @param interfaceName which of its addresses: {@code public}, {@code internal} or {@code admin} (setting {@code interface})
 * @param callTimeout for one call, that is one page
 * @param concurrentCalls calls to Nova under way at one time; a fan-out over hosts waits above it
 * @param pageSize items that are asked for in one page; Nova itself caps at its {@code osapi_max_limit}
 */
@ConfigurationProperties("spotplane.providers.openstack")
public record OpenStackSettings(
        URI authUrl,
        @DefaultValue("openstack") String source,
        @Nullable String username,
        @Nullable Secret password,
        @DefaultValue("Default") String userDomainName,
        @Nullable String projectName,
        @DefaultValue("Default") String projectDomainName,
        @Nullable String applicationCredentialId,
        @Nullable Secret applicationCredentialSecret,
        @Nullable String regionName,
        @Name("interface") @DefaultValue("public") String interfaceName,
        @DefaultValue("10s") Duration callTimeout,
        @DefaultValue("64") int concurrentCalls,
        @DefaultValue("1000") int pageSize) {

    private static final Set<String> INTERFACES = Set.of("public", "internal", "admin");

    public OpenStackSettings {
        require(source.matches("[a-z0-9][a-z0-9-]{0,31}"), "source", source, "lower-case letters, digits and dashes");
        require(INTERFACES.contains(interfaceName), "interface", interfaceName, "public, internal or admin");
        require(callTimeout.isPositive(), "call-timeout", callTimeout, "more than 0");
        require(concurrentCalls >= 1, "concurrent-calls", concurrentCalls, "at least 1");
        require(pageSize >= 1, "page-size", pageSize, "at least 1");
        require(
                (username != null && password != null && projectName != null)
                        ^ (applicationCredentialId != null && applicationCredentialSecret != null),
                "username",
                username,
                "username, password and project-name, or application-credential-id and -secret, and not both");
    }

    /** Where tokens are asked for. */
    URI tokensUrl() {
        var base = authUrl.toString().replaceAll("/+$", "");
        return URI.create((base.endsWith("/v3") ? base : base + "/v3") + "/auth/tokens");
    }

    private static void require(boolean holds, String name, @Nullable Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "spotplane.providers.openstack." + name + " is " + value + ", expected " + expected);
        }
    }
}
