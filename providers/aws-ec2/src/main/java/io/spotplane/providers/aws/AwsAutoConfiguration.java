package io.spotplane.providers.aws;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InterruptionFeed;
import io.spotplane.providers.spi.InterruptionIntake;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** EC2, switched on by {@code spotplane.providers.aws.regions}. */
@AutoConfiguration
@Conditional(AwsAutoConfiguration.RegionsAreNamed.class)
@EnableConfigurationProperties(AwsSettings.class)
class AwsAutoConfiguration {

    private final InstantSource time = InstantSource.system();

    @Bean
    AwsRegions awsRegions(AwsSettings settings, CallGuards guards) {
        return new AwsRegions(settings, guards, time);
    }

    @Bean
    MarketData awsMarketData(AwsRegions regions, AwsSettings settings) {
        return new AwsMarketData(regions, new AwsInstanceTypes(settings), OnDemandPrices.carried(), settings, time);
    }

    @Bean
    InstanceLauncher awsLauncher(AwsRegions regions, AwsSettings settings) {
        return new AwsLauncher(regions, settings);
    }

    @Bean
    InstanceInspector awsInspector(AwsRegions regions, AwsSettings settings) {
        return new AwsInspector(regions, settings, time);
    }

    @Bean
    InterruptionFeed awsInterruptionFeed(AwsRegions regions, AwsSettings settings) {
        return new AwsInterruptionFeed(regions, settings);
    }

    @Bean
    @ConditionalOnProperty("spotplane.providers.aws.event-intake-key")
    InterruptionIntake awsInterruptionIntake(AwsSettings settings) {
        Secret key = Objects.requireNonNull(settings.eventIntakeKey(), "event-intake-key");
        return new AwsInterruptionIntake(key);
    }

    /** A list may be written as one value or one by one ({@code regions[0]}), which a property condition does not see. */
    static final class RegionsAreNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !Binder.get(context.getEnvironment())
                    .bind("spotplane.providers.aws.regions", Bindable.listOf(String.class))
                    .orElse(List.of())
                    .isEmpty();
        }
    }
}
