package io.spotplane.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchOutcome.Accepted;
import io.spotplane.providers.spi.LaunchOutcome.Declined;
import io.spotplane.providers.spi.LaunchOutcome.Unknown;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The form of an order on the wire, as the EC2 API reference has it. */
class AwsLauncherTest {

    private static final String TOKEN = "sp-abcdefghijklmnopqrstuvwx";
    private static final String MADE = "<item><instanceId>i-1</instanceId></item>";

    private final ScriptedEc2 ec2 = new ScriptedEc2();

    @AfterEach
    void stop() {
        ec2.close();
    }

    @Test
    void aSpotOrderCarriesItsTokenItsBidAndItsMarks() {
        // Given
        ec2.on("RunInstances", "instancesSet", MADE);
        // When
        var outcome = launch(CapacityType.SPOT, "eu-west-1b", null);
        // Then
        assertThat(outcome).isEqualTo(new Accepted(new ProviderInstanceId("eu-west-1", "i-1")));
        assertThat(form())
                .containsEntry("ClientToken", TOKEN)
                .containsEntry("InstanceType", "g6.xlarge")
                .containsEntry("ImageId", "ami-default")
                .containsEntry("MinCount", "1")
                .containsEntry("MaxCount", "1")
                .containsEntry("Placement.AvailabilityZone", "eu-west-1b")
                .containsEntry("InstanceMarketOptions.MarketType", "spot")
                .containsEntry("InstanceMarketOptions.SpotOptions.MaxPrice", "0.500000")
                .containsEntry("InstanceMarketOptions.SpotOptions.SpotInstanceType", "one-time")
                .containsEntry("InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior", "terminate")
                .containsEntry("InstanceInitiatedShutdownBehavior", "terminate")
                .containsEntry("MetadataOptions.HttpTokens", "required")
                .containsEntry("TagSpecification.1.ResourceType", "instance")
                .containsEntry("TagSpecification.1.Tag.2.Key", "spotplane:owner")
                .containsEntry("TagSpecification.1.Tag.2.Value", "plane")
                .containsEntry("TagSpecification.1.Tag.3.Key", "spotplane:request")
                .containsEntry("TagSpecification.1.Tag.4.Key", "spotplane:token")
                .containsEntry("TagSpecification.1.Tag.4.Value", TOKEN)
                .containsEntry("TagSpecification.2.ResourceType", "spot-instances-request");
    }

    @Test
    void anOnDemandOrderNamesNoMarketAndLeavesTheZoneToEc2() {
        // Given
        ec2.on("RunInstances", "instancesSet", MADE);
        // When
        launch(CapacityType.ON_DEMAND, null, "ami-mine");
        // Then
        assertThat(form())
                .containsEntry("ImageId", "ami-mine")
                .doesNotContainKeys(
                        "Placement.AvailabilityZone",
                        "InstanceMarketOptions.MarketType",
                        "TagSpecification.2.ResourceType");
    }

    @Test
    void theSameOrderIsTheSameFormToTheByte() {
        // Given
        ec2.on("RunInstances", "instancesSet", MADE);
        // When
        launch(CapacityType.SPOT, "eu-west-1b", null);
        launch(CapacityType.SPOT, "eu-west-1b", null);
        // Then
        var forms = ec2.forms("RunInstances");
        assertThat(forms).hasSize(2);
        assertThat(forms.getFirst()).isEqualTo(forms.getLast());
    }

    @Test
    void anAnswerThatNamesNoMachineIsUnknown() {
        // Given
        ec2.on("RunInstances", "instancesSet", "");
        // When
        var outcome = launch(CapacityType.SPOT, null, null);
        // Then
        assertThat(outcome).isInstanceOf(Unknown.class);
    }

    @Test
    void theSdkDoesNotRepeatAnOrderByItself() {
        // Given
        ec2.onError("RunInstances", 503, "RequestLimitExceeded");
        // When
        launch(CapacityType.SPOT, null, null);
        // Then
        assertThat(ec2.forms("RunInstances")).hasSize(1);
    }

    @Test
    void aRegionThatIsNotSetIsInvalid() {
        // When
        var outcome = launch(offering("mars-1", CapacityType.SPOT, null), null);
        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Declined.class,
                        declined -> assertThat(declined.refusal()).isEqualTo(Refusal.INVALID));
    }

    private Map<String, String> form() {
        return ec2.forms("RunInstances").getFirst();
    }

    private LaunchOutcome launch(CapacityType capacity, @Nullable String zone, @Nullable String image) {
        return launch(offering(ScriptedEc2.REGION, capacity, zone), image);
    }

    private LaunchOutcome launch(Offering offering, @Nullable String image) {
        var order = new LaunchOrder(
                new LaunchToken(TOKEN),
                offering,
                HourlyPrice.usd("0.500000"),
                image,
                "plane",
                Map.of("spotplane:request", "r-1"));
        return new AwsLauncher(ec2.regions(), ec2.settings()).launch(order).block(Duration.ofSeconds(40));
    }

    private static Offering offering(String region, CapacityType capacity, @Nullable String zone) {
        var price = HourlyPrice.usd("0.3");
        return new Offering(
                "aws:test",
                "aws",
                region,
                zone,
                "g6.xlarge",
                4,
                16384,
                null,
                capacity,
                price,
                price,
                Availability.UNKNOWN,
                "test",
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
