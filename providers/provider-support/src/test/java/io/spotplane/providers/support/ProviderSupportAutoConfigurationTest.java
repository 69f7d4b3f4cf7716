package io.spotplane.providers.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.WebClient;

class ProviderSupportAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withBean(WebClient.Builder.class, WebClient::builder)
            .withConfiguration(AutoConfigurations.of(ProviderSupportAutoConfiguration.class));

    @Test
    void givesAdaptersTheirGuardsAndTheirClient() {
        application.run(
                context -> assertThat(context).hasSingleBean(CallGuards.class).hasSingleBean(ProviderHttp.class));
    }

    @Test
    void showsTheBreakersThatAreMadeLater() {
        application.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            context.getBean(CallGuards.class).of("moon", "base");
            assertThat(context.getBean(MeterRegistry.class)
                            .find("resilience4j.circuitbreaker.state")
                            .tags("name", "moon/base", "state", "closed")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        });
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        application
                .withPropertyValues("spotplane.providers.guard.concurrent-calls=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("spotplane.providers.guard.concurrent-calls is 0, expected at least 1"));
    }
}
