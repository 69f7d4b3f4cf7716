package io.spotplane.providers.runpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.WebClient;

class RunPodAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withBean(CallGuards.class, CallGuards::unmeasured)
            .withBean(ProviderHttp.class, () -> new ProviderHttp(WebClient.builder()))
            .withConfiguration(AutoConfigurations.of(RunPodAutoConfiguration.class));

    @Test
    void isOffUntilItHasAKey() {
        application.run(context -> assertThat(context).doesNotHaveBean(MarketData.class));
    }

    @Test
    void isOnWithAKeyAndHasDefaultsForTheRest() {
        application
                .withPropertyValues("spotplane.providers.runpod.api-key=s3cr3t")
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(MarketData.class)
                            .hasSingleBean(InstanceLauncher.class)
                            .hasSingleBean(InstanceInspector.class);
                    var settings = context.getBean(RunPodSettings.class);
                    assertThat(settings.baseUrl()).isEqualTo(URI.create("https://api.runpod.io"));
                    assertThat(settings.tiers()).containsExactly(RunPodTier.SECURE);
                    assertThat(settings.gpuCounts()).containsExactly(1, 2, 4, 8);
                    assertThat(settings.toString()).contains("apiKey=***").doesNotContain("s3cr3t");
                });
    }

    @Test
    void refusesAPodWithoutGpus() {
        application
                .withPropertyValues(
                        "spotplane.providers.runpod.api-key=s3cr3t", "spotplane.providers.runpod.gpu-counts=0,1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("spotplane.providers.runpod.gpu-counts is [0, 1], expected each at least 1"));
    }
}
