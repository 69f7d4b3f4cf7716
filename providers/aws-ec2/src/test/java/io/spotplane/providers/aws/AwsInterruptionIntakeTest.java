package io.spotplane.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.support.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsInterruptionIntakeTest {

    /** As the EC2 user guide prints it. */
    private static final String WARNING = """
            {"version":"0","id":"1e5527d7-bb36-4607-3370-4164db56a40e","detail-type":"EC2 Spot Instance Interruption Warning",
             "source":"aws.ec2","account":"123456789012","time":"2026-09-01T08:20:00Z","region":"us-east-1",
             "resources":["arn:aws:ec2:us-east-1b:instance/i-0b662ef9931388ba0"],
             "detail":{"instance-id":"i-0b662ef9931388ba0","instance-action":"terminate"}}
            """;

    private final AwsInterruptionIntake intake = new AwsInterruptionIntake(Secret.of("push-key"));

    @Test
    void aWarningGivesTwoMinutes() {
        assertThat(read(WARNING))
                .containsExactly(new InterruptionSignal(
                        "1e5527d7-bb36-4607-3370-4164db56a40e",
                        "aws",
                        new ProviderInstanceId("us-east-1", "i-0b662ef9931388ba0"),
                        Instant.parse("2026-09-01T08:20:00Z"),
                        Instant.parse("2026-09-01T08:22:00Z"),
                        "event"));
    }

    @Test
    void hibernationBeginsAtOnce() {
        assertThat(read(WARNING.replace("\"terminate\"", "\"hibernate\"")))
                .extracting(InterruptionSignal::deadline)
                .containsExactly(Instant.parse("2026-09-01T08:20:00Z"));
    }

    @Test
    void otherEventsOfEc2SayNothing() {
        assertThat(read(WARNING.replace(
                        "EC2 Spot Instance Interruption Warning", "EC2 Instance Rebalance Recommendation")))
                .isEmpty();
        assertThat(
                        read(
                                "{\"detail-type\":\"EC2 Instance State-change Notification\",\"detail\":{\"state\":\"terminated\"}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>",
                "{}",
                "{\"detail-type\":7e999,\"time\":[]}",
                "{\"detail-type\":\"EC2 Spot Instance Interruption Warning\"}",
                "{\"detail-type\":\"EC2 Spot Instance Interruption Warning\",\"id\":\"1\",\"time\":\"2026-09-01T08:20:00Z\",\"region\":\"us-east-1\",\"detail\":{}}"
            })
    void whatEventBridgeWouldNotSendIsRefusedWithWhatWasExpected(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected an EventBridge event");
    }

    @Test
    void onlyItsKeyOpensTheDoor() {
        assertThat(intake.keyHeader()).isEqualTo("x-api-key");
        assertThat(intake.accepts("push-key")).isTrue();
        assertThat(intake.accepts("push-kez")).isFalse();
        assertThat(intake.accepts("")).isFalse();
    }

    private List<InterruptionSignal> read(String body) {
        return intake.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
