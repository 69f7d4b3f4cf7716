package io.spotplane.providers.rackspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.WebClient;

class RackspaceAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withBean(CallGuards.class, CallGuards::unmeasured)
            .withBean(ProviderHttp.class, () -> new ProviderHttp(WebClient.builder()))
            .withConfiguration(AutoConfigurations.of(RackspaceAutoConfiguration.class));

    @Test
    void isOffUntilItIsSwitchedOn() {
        application.run(context -> assertThat(context).doesNotHaveBean(MarketData.class));
        application
                .withPropertyValues("spotplane.providers.rackspace.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(MarketData.class));
    }

    @Test
    void needsNoAccountForTheFeed() {
        application
                .withPropertyValues("spotplane.providers.rackspace.enabled=true")
                .run(context -> {
                    assertThat(context).hasSingleBean(MarketData.class).hasSingleBean(AuctionHistory.class);
                    assertThat(context.getBean(RackspaceSettings.class).refreshToken())
                            .isNull();
                });
    }

    @Test
    void keepsItsTokenToItself() {
        application
                .withPropertyValues(
                        "spotplane.providers.rackspace.enabled=true",
                        "spotplane.providers.rackspace.refresh-token=s3cr3t")
                .run(context -> assertThat(
                                context.getBean(RackspaceSettings.class).toString())
                        .contains("refreshToken=***")
                        .doesNotContain("s3cr3t"));
    }
}
