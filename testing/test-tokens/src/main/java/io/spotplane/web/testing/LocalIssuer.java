package io.spotplane.web.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a Spring test an issuer: sets {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} and offers {@link TestTokens} for
 * injection. One issuer serves the whole JVM.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LocalIssuer {}
