package io.spotplane.providers.support;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/** What the adapters of a process share: its guards and its HTTP clients. */
@AutoConfiguration
@EnableConfigurationProperties(GuardSettings.class)
class ProviderSupportAutoConfiguration {

    @Bean
    CallGuards providerCallGuards(
            GuardSettings settings,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<MeterRegistry> meters) {
        var guards = CallGuards.of(settings, observations.getIfAvailable(() -> ObservationRegistry.NOOP));
        meters.ifAvailable(guards::measureIn);
        return guards;
    }

    @Bean
    ProviderHttp providerHttp(WebClient.Builder builder) {
        return new ProviderHttp(builder);
    }
}
