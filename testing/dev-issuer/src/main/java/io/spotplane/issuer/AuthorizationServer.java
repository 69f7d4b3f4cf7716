package io.spotplane.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;

/** One client, the client-credentials grant, and tokens that say tenant and role as the client wished. */
@Configuration(proxyBeanMethods = false)
class AuthorizationServer {

    static final String CLIENT = "spotplane-cli";
    private static final String AUDIENCE = "spotplane";
    private static final String ACCESS_TOKEN = "at+jwt"; // RFC 9068, section 2.1

    @Bean
    SecurityFilterChain endpoints(HttpSecurity http) {
        return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults())
                        .tokenEndpoint(token -> token.authenticationProviders(AuthorizationServer::checkWishes)))
                .authorizeHttpRequests(paths -> paths.requestMatchers("/actuator/health/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(
                        faults -> faults.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .build();
    }

    /** {@code {noop}}: the secret is in this process's environment anyway, and it is compared in constant time. */
    @Bean
    RegisteredClientRepository clients(IssuerSettings settings) {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId(CLIENT)
                .clientId(CLIENT)
                .clientSecret("{noop}" + settings.clientSecret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(Duration.ofHours(1))
                        .build())
                .build());
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new KeepNoAuthorizations();
    }

    @Bean
    AuthorizationServerSettings addresses(IssuerSettings settings) {
        var addresses = AuthorizationServerSettings.builder();
        return settings.uri() == null || settings.uri().isBlank()
                ? addresses.build()
                : addresses.issuer(settings.uri()).build();
    }

    @Bean
    JWKSource<SecurityContext> signingKey(IssuerSettings settings) {
        return new ImmutableJWKSet<>(new JWKSet(new SigningKeyFile(settings.keyFile()).key()));
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> wishedClaims() {
        return context -> {
            var wish = wishOf(context.getAuthorizationGrant());
            context.getJwsHeader().type(ACCESS_TOKEN);
            context.getClaims()
                    .audience(List.of(AUDIENCE))
                    .claim("tenant", wish.tenant())
                    .claim("roles", List.of(wish.role()))
                    .expiresAt(Instant.now().plus(wish.life()));
        };
    }

    private static void checkWishes(List<AuthenticationProvider> providers) {
        providers.stream()
                .filter(OAuth2ClientCredentialsAuthenticationProvider.class::isInstance)
                .map(OAuth2ClientCredentialsAuthenticationProvider.class::cast)
                .forEach(provider -> provider.setAuthenticationValidator(
                        new OAuth2ClientCredentialsAuthenticationValidator().andThen(AuthorizationServer::checkWish)));
    }

    private static void checkWish(OAuth2ClientCredentialsAuthenticationContext context) {
        wishOf(context.getAuthentication());
    }

    private static TokenWish wishOf(@Nullable Object grant) {
        return grant instanceof OAuth2ClientCredentialsAuthenticationToken credentials
                ? TokenWish.from(credentials.getAdditionalParameters())
                : TokenWish.from(Map.of());
    }
}
