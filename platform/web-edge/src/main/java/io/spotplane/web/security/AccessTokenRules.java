package io.spotplane.web.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** What makes a token with a good signature one of ours. Each rule names itself, so that a 401 says what to mend. */
final class AccessTokenRules {

    /** The claim that carries the tenant. */
    static final String TENANT = "tenant";

    /** The claim that carries the roles. */
    static final String ROLES = "roles";

    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Pattern TENANT_FORM = Pattern.compile("[a-z0-9-]{1,63}");
    private static final List<String> KINDS = List.of("at+jwt", "application/at+jwt", "jwt");

    private AccessTokenRules() {}

    static OAuth2TokenValidator<Jwt> of(String issuer, Collection<String> audiences, Clock clock) {
        return new DelegatingOAuth2TokenValidator<>(
                rule("it is not an access token (typ)", AccessTokenRules::isAccessToken),
                rule("it was issued by someone else (iss)", token -> issuer.equals(token.getClaimAsString("iss"))),
                rule("it is meant for someone else (aud)", token -> isFor(audiences, token)),
                rule("it has expired or never expires (exp)", token -> isFresh(token, clock)),
                rule("it is not valid yet (nbf, iat)", token -> hasBegun(token, clock)),
                rule("it names no subject (sub)", token -> hasText(token.getSubject())),
                rule("it names no tenant of the form [a-z0-9-]{1,63}", AccessTokenRules::hasTenant));
    }

    private static OAuth2TokenValidator<Jwt> rule(String breach, Predicate<Jwt> holds) {
        var failure = OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", breach, null));
        return token -> holds.test(token) ? OAuth2TokenValidatorResult.success() : failure;
    }

    private static boolean isAccessToken(Jwt token) {
        return token.getHeaders().get("typ") instanceof String kind
                && KINDS.stream().anyMatch(kind::equalsIgnoreCase);
    }

    private static boolean isFor(Collection<String> audiences, Jwt token) {
        return token.getAudience() != null && token.getAudience().stream().anyMatch(audiences::contains);
    }

    private static boolean isFresh(Jwt token, Clock clock) {
        var expires = token.getExpiresAt();
        return expires != null && clock.instant().minus(SKEW).isBefore(expires);
    }

    private static boolean hasBegun(Jwt token, Clock clock) {
        var latest = clock.instant().plus(SKEW);
        var notBefore = token.getNotBefore();
        var issued = token.getIssuedAt();
        return (notBefore == null || !notBefore.isAfter(latest)) && (issued == null || !issued.isAfter(latest));
    }

    private static boolean hasText(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static boolean hasTenant(Jwt token) {
        return token.getClaims().get(TENANT) instanceof String tenant
                && TENANT_FORM.matcher(tenant).matches();
    }
}
