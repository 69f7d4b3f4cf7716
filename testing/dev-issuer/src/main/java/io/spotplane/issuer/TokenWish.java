package io.spotplane.issuer;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * What a client wants to be: the extra form fields of a token request.
 *
 * @param tenant 1 to 63 of {@code [a-z0-9-]}
 * @param role a role that services know
 * @param life how long the token is good, 1 s to 1 h
 */
record TokenWish(String tenant, String role, Duration life) {

    private static final Pattern TENANT = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Set<String> ROLES = Set.of("viewer", "operator", "tenant-admin", "platform-admin", "service");
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Reads the fields {@code tenant}, {@code role} and {@code expires_in}; a wrong one is {@code invalid_request}. */
    static TokenWish from(Map<String, Object> form) {
        return new TokenWish(
                tenant(single(form, "tenant", "demo")),
                role(single(form, "role", "operator")),
                life(single(form, "expires_in", "3600")));
    }

    private static String tenant(String given) {
        if (!TENANT.matcher(given).matches()) {
            throw refused("tenant must match [a-z0-9-]{1,63}");
        }
        return given;
    }

    private static String role(String given) {
        if (!ROLES.contains(given)) {
            throw refused("role must be one of viewer, operator, tenant-admin, platform-admin, service");
        }
        return given;
    }

    private static Duration life(String given) {
        if (!SECONDS.matcher(given).matches() || Integer.parseInt(given) > LONGEST.toSeconds()) {
            throw refused("expires_in must be a number of seconds from 1 to 3600");
        }
        return Duration.ofSeconds(Integer.parseInt(given));
    }

    private static String single(Map<String, Object> form, String name, String otherwise) {
        @Nullable Object given = form.get(name);
        if (given == null) {
            return otherwise;
        }
        if (given instanceof String one) {
            return one;
        }
        throw refused(name + " must be sent once");
    }

    private static OAuth2AuthenticationException refused(String description) {
        return new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, description, null));
    }
}
