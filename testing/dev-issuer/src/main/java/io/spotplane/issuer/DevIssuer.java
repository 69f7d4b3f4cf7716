package io.spotplane.issuer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** An OAuth2 authorization server that gives the embedded stack its tokens. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(IssuerSettings.class)
public class DevIssuer {

    /** Refuses before anything is opened when {@code environment} says that this is production. */
    DevIssuer(Environment environment) {
        if (environment.acceptsProfiles(Profiles.of("prod"))) {
            throw new IllegalStateException(
                    "dev-issuer makes anyone who knows one secret any role of any tenant, so it does not "
                            + "run with the profile prod. Name an OpenID Connect issuer of your own instead.");
        }
    }

    /** Starts the issuer. */
    public static void main(String[] arguments) {
        SpringApplication.run(DevIssuer.class, arguments);
    }
}
