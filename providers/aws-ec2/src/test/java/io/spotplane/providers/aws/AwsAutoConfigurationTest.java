package io.spotplane.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InterruptionFeed;
import io.spotplane.providers.spi.InterruptionIntake;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AwsAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withBean(CallGuards.class, CallGuards::unmeasured)
            .withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class));

    @Test
    void isOffUntilRegionsAreNamed() {
        application.run(context -> assertThat(context).doesNotHaveBean(MarketData.class));
    }

    @Test
    void isOnWithRegionsNamedOneByOneOrInOneValue() {
        application
                .withPropertyValues("spotplane.providers.aws.regions[0]=us-east-1")
                .run(context -> assertThat(context)
                        .hasSingleBean(MarketData.class)
                        .hasSingleBean(InstanceLauncher.class)
                        .hasSingleBean(InstanceInspector.class)
                        .hasSingleBean(InterruptionFeed.class)
                        .doesNotHaveBean(InterruptionIntake.class));
        application
                .withPropertyValues("spotplane.providers.aws.regions=us-east-1,eu-west-1")
                .run(context -> assertThat(context.getBean(AwsSettings.class).regions())
                        .containsExactly("us-east-1", "eu-west-1"));
    }

    @Test
    void takesPushedEventsWhenItHasAKeyForThem() {
        application
                .withPropertyValues(
                        "spotplane.providers.aws.regions=us-east-1",
                        "spotplane.providers.aws.event-intake-key=push-key")
                .run(context -> assertThat(context).hasSingleBean(InterruptionIntake.class));
    }

    @Test
    void hasDefaultsForEverythingButItsRegions() {
        application
                .withPropertyValues("spotplane.providers.aws.regions=us-east-1")
                .run(context -> {
                    var settings = context.getBean(AwsSettings.class);
                    assertThat(settings.endpoint()).isNull();
                    assertThat(settings.callTimeout()).isEqualTo(Duration.ofSeconds(15));
                    assertThat(settings.pageSize()).isEqualTo(1000);
                    assertThat(settings.visibilityWindow()).isEqualTo(Duration.ofSeconds(60));
                    assertThat(settings.image()).startsWith("resolve:ssm:");
                });
    }

    @Test
    void refusesHalfAKeyPairAndDoesNotPrintTheSecret() {
        application
                .withPropertyValues(
                        "spotplane.providers.aws.regions=us-east-1", "spotplane.providers.aws.secret-access-key=s3cr3t")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage(
                                "spotplane.providers.aws.access-key-id is half a pair, expected both keys or none"));
        application
                .withPropertyValues(
                        "spotplane.providers.aws.regions=us-east-1",
                        "spotplane.providers.aws.access-key-id=AKIA",
                        "spotplane.providers.aws.secret-access-key=s3cr3t")
                .run(context -> assertThat(context.getBean(AwsSettings.class).toString())
                        .contains("secretAccessKey=***")
                        .doesNotContain("s3cr3t"));
    }

    @Test
    void refusesAPageThatEc2WouldNotGive() {
        application
                .withPropertyValues("spotplane.providers.aws.regions=us-east-1", "spotplane.providers.aws.page-size=4")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("spotplane.providers.aws.page-size is 4, expected 5 to 1000"));
    }
}
