package io.spotplane.providers.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.WebClient;

class CatalogueAutoConfigurationTest {

    private static final String ONE = "spotplane.providers.catalogues[0].";
    private static final String TWO = "spotplane.providers.catalogues[1].";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withBean(CallGuards.class, CallGuards::unmeasured)
            .withBean(ProviderHttp.class, () -> new ProviderHttp(WebClient.builder()))
            .withConfiguration(AutoConfigurations.of(CatalogueAutoConfiguration.class));

    @Test
    void isNothingWithoutCatalogues() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MarketData.class));
    }

    @Test
    void isAMarketForEachCatalogue() {
        application
                .withPropertyValues(
                        ONE + "name=azure",
                        ONE + "location=/tmp/azure",
                        TWO + "name=gcp",
                        TWO + "location=https://example.org/vms.csv")
                .run(context -> assertThat(
                                context.getBeansOfType(MarketData.class).values())
                        .extracting(MarketData::provider)
                        .containsExactlyInAnyOrder("azure", "gcp"));
    }

    @Test
    void refusesTwoOfOneName() {
        application
                .withPropertyValues(ONE + "name=azure", ONE + "location=/a", TWO + "name=azure", TWO + "location=/b")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessage("spotplane.providers.catalogues names 'azure' twice, expected each name once"));
    }

    @Test
    void refusesANameThatCannotStandInIds() {
        application
                .withPropertyValues(ONE + "name=My Cloud", ONE + "location=/a")
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessage(
                                        "spotplane.providers.catalogues[].name is My Cloud, expected lower-case letters, digits and dashes"));
    }
}
