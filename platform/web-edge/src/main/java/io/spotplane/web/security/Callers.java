package io.spotplane.web.security;

import io.spotplane.web.Caller;
import io.spotplane.web.Permission;
import io.spotplane.web.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import reactor.core.publisher.Mono;

/** From a checked token to who is asking. Roles that we do not know allow nothing. */
final class Callers implements Converter<Jwt, Mono<AbstractAuthenticationToken>> {

    @Override
    public Mono<AbstractAuthenticationToken> convert(Jwt token) {
        return Mono.just(new Authenticated(token, of(token)));
    }

    private static Caller of(Jwt token) {
        return new Caller(
                claimed(token.getClaimAsString(AccessTokenRules.TENANT)),
                claimed(token.getSubject()),
                permissions(token));
    }

    private static String claimed(@Nullable String claim) {
        return Objects.requireNonNull(claim, "AccessTokenRules let a token without tenant or subject pass");
    }

    private static Set<Permission> permissions(Jwt token) {
        Set<Permission> allowed = EnumSet.noneOf(Permission.class);
        roles(token).stream()
                .map(Role::named)
                .flatMap(Optional::stream)
                .forEach(role -> allowed.addAll(role.permissions()));
        return allowed;
    }

    private static List<String> roles(Jwt token) {
        return token.getClaims().get(AccessTokenRules.ROLES) instanceof Collection<?> names
                ? names.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private static List<GrantedAuthority> authorities(Caller caller) {
        return caller.permissions().stream()
                .map(Permission::authority)
                .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                .toList();
    }

    /** The token's bearer with the caller it stands for. */
    static final class Authenticated extends JwtAuthenticationToken {

        private static final long serialVersionUID = 1L;

        private final transient Caller caller;

        Authenticated(Jwt token, Caller caller) {
            super(token, authorities(caller), caller.subject());
            this.caller = caller;
        }

        Caller caller() {
            return caller;
        }
    }
}
