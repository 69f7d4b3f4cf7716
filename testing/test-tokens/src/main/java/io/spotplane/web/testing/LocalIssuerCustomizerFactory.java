package io.spotplane.web.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Finds {@link LocalIssuer} on a test class and tells its context where the issuer is. */
final class LocalIssuerCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        return MergedAnnotations.from(testClass, SearchStrategy.TYPE_HIERARCHY).isPresent(LocalIssuer.class)
                ? new NameIssuer()
                : null;
    }

    /** A record, so that contexts of different test classes are found equal and shared. */
    private record NameIssuer() implements ContextCustomizer {
        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            var tokens = TestTokens.shared();
            TestPropertyValues.of("spring.security.oauth2.resourceserver.jwt.issuer-uri=" + tokens.issuer())
                    .applyTo(context);
            context.getBeanFactory().registerSingleton("testTokens", tokens);
        }
    }
}
