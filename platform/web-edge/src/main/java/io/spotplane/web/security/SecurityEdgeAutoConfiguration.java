package io.spotplane.web.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import io.spotplane.web.FaultTranslation;
import io.spotplane.web.PublicPaths;
import io.spotplane.web.problem.ProblemResponses;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import reactor.core.scheduler.Schedulers;

/** Tokens, permissions and the caller, the same in every service. */
@AutoConfiguration(before = ReactiveOAuth2ResourceServerAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(OAuth2ResourceServerProperties.class)
@EnableWebFluxSecurity
@EnableReactiveMethodSecurity
class SecurityEdgeAutoConfiguration {

    /** Open to probes, to the metrics collector and to the gateway that merges the API's description; they tell no secrets. */
    private static final List<String> OPERATIONS = List.of(
            "/actuator/health", "/actuator/health/**", "/actuator/prometheus", "/v3/api-docs", "/v3/api-docs/**");

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    @Bean
    SecurityWebFilterChain edge(
            ServerHttpSecurity http, ObjectProvider<PublicPaths> publicPaths, ProblemResponses problems) {
        return http.authorizeExchange(paths -> paths.pathMatchers(open(publicPaths))
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .oauth2ResourceServer(tokens -> tokens.jwt(jwt -> jwt.jwtAuthenticationConverter(new Callers()))
                        .authenticationEntryPoint(problems::write)
                        .accessDeniedHandler(problems::write))
                .exceptionHandling(faults ->
                        faults.authenticationEntryPoint(problems::write).accessDeniedHandler(problems::write))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                // A bearer token is never sent by a browser on its own, so there is nothing to forge.
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .build();
    }

    /** What the strict firewall refuses (encoded slashes, {@code ;}, {@code //}, odd methods) is a problem like any other. */
    @Bean
    ServerExchangeRejectedHandler refusedByFirewall(ProblemResponses problems) {
        return problems::write;
    }

    @Bean
    ReactiveJwtDecoder accessTokens(OAuth2ResourceServerProperties properties) {
        var jwt = properties.getJwt();
        var issuer = jwt.getIssuerUri();
        if (issuer == null || issuer.isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                    issuer,
                    "The issuer whose tokens are accepted must be named.");
        }
        var keys = new SigningKeys(new Issuer(issuer, jwt.getJwkSetUri()).keys(), Schedulers.parallel());
        var decoder = NimbusReactiveJwtDecoder.withJwkSource(keys)
                .jwtProcessorCustomizer(SecurityEdgeAutoConfiguration::acceptTwoAlgorithms)
                .validateType(false)
                .build();
        decoder.setJwtValidator(AccessTokenRules.of(issuer, jwt.getAudiences(), Clock.systemUTC()));
        return decoder;
    }

    @Bean
    FaultTranslation issuerAway() {
        return Issuer.IssuerAway::asProblem;
    }

    @Bean
    TenantContext tenantContext() {
        return new TenantContext();
    }

    @Bean
    WebFluxConfigurer callerArgument() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new CallerArgument());
            }
        };
    }

    private static void acceptTwoAlgorithms(ConfigurableJWTProcessor<JWKSecurityContext> processor) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet()));
        // The kind of the token is one of our own rules, with a message of its own.
        processor.setJWSTypeVerifier((type, context) -> {});
    }

    /** Never empty: a service that declares no public paths still has its operations. */
    private static String[] open(ObjectProvider<PublicPaths> publicPaths) {
        var declared = publicPaths.stream().flatMap(paths -> paths.patterns().stream());
        return Stream.concat(OPERATIONS.stream(), declared).toArray(String[]::new);
    }
}
