package io.spotplane.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How EC2's own words for a machine are read. */
class AwsInspectorTest {

    private static final String MACHINES = "DescribeInstances";
    private static final String STATUSES = "DescribeInstanceStatus";

    private final ScriptedEc2 ec2 = new ScriptedEc2();

    @AfterEach
    void stop() {
        ec2.close();
    }

    @ParameterizedTest
    @CsvSource({
        "pending, PENDING",
        "stopping, STOPPED",
        "stopped, STOPPED",
        "shutting-down, ENDING",
        "terminated, ENDED",
        "levitating, UNKNOWN"
    })
    void knowsTheStatesOfAMachine(String word, State state) {
        // Given
        ec2.on(MACHINES, "reservationSet", machine("i-1", word, ""));
        // When
        var machine = only(list());
        // Then
        assertThat(machine.state()).isEqualTo(state);
        assertThat(machine.detail()).startsWith(word.equals("levitating") ? "" : word);
        assertThat(ec2.forms(STATUSES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ok, ok, true", "ok, initializing, false", "impaired, ok, false"})
    void isReachableWhenBothChecksPassed(String instanceCheck, String systemCheck, boolean reachable) {
        // Given
        ec2.on(MACHINES, "reservationSet", machine("i-1", "running", ""))
                .on(STATUSES, "instanceStatusSet", status("i-1", instanceCheck, systemCheck));
        // When
        var machine = only(list());
        // Then
        assertThat(machine.reachable()).isEqualTo(reachable);
        assertThat(machine.state()).isEqualTo(State.RUNNING);
        assertThat(machine.address()).isEqualTo("203.0.113.7");
        assertThat(machine.launchedAt()).isEqualTo(Instant.parse("2026-11-21T08:00:00Z"));
    }

    @Test
    void aStatusThatEc2DoesNotKnowYetProvesNothingAndFailsNothing() {
        // Given
        ec2.on(MACHINES, "reservationSet", machine("i-1", "running", ""))
                .onError(STATUSES, 400, "InvalidInstanceID.NotFound");
        // When
        var machine = only(list());
        // Then
        assertThat(machine.state()).isEqualTo(State.RUNNING);
        assertThat(machine.reachable()).isFalse();
    }

    @Test
    void tellsAReclaimFromAnEndOfOurs() {
        // Given
        ec2.on(
                MACHINES,
                "reservationSet",
                machine("i-1", "terminated", "Server.SpotInstanceTermination")
                        + machine("i-2", "terminated", "Client.UserInitiatedShutdown"));
        // When
        var machines = list().instances();
        // Then
        assertThat(machines).extracting(ObservedInstance::reclaimed).containsExactly(true, false);
        assertThat(machines.getFirst().detail()).isEqualTo("terminated: Server.SpotInstanceTermination");
    }

    @Test
    void asksForTheOwnersMachinesOnAllPagesAndCountsEachOnce() {
        // Given
        ec2.onPage(MACHINES, "reservationSet", machine("i-1", "pending", ""), "page-2")
                .on(MACHINES, "reservationSet", machine("i-1", "pending", "") + machine("i-2", "pending", ""));
        // When
        var listing = list();
        // Then
        assertThat(listing.instances()).extracting(it -> it.id().value()).containsExactly("i-1", "i-2");
        assertThat(ec2.forms(MACHINES))
                .hasSize(2)
                .allSatisfy(form -> assertThat(form)
                        .containsEntry("Filter.1.Name", "tag:spotplane:owner")
                        .containsEntry("Filter.1.Value.1", "plane"));
    }

    private InstanceListing list() {
        return new AwsInspector(ec2.regions(), ec2.settings(), InstantSource.system())
                .list("plane")
                .block(Duration.ofSeconds(40));
    }

    private static ObservedInstance only(InstanceListing listing) {
        assertThat(listing.instances()).hasSize(1);
        return listing.instances().getFirst();
    }

    private static String machine(String id, String state, String reason) {
        return """
                <item><reservationId>r-1</reservationId><instancesSet><item><instanceId>%s</instanceId>\
                <instanceState><code>0</code><name>%s</name></instanceState>\
                <stateReason><code>%s</code><message>because</message></stateReason>\
                <ipAddress>203.0.113.7</ipAddress><launchTime>2026-11-21T08:00:00.000Z</launchTime>\
                <tagSet><item><key>spotplane:token</key><value>sp-abcdefghijklmnopqrstuvwx</value></item></tagSet>\
                </item></instancesSet></item>
                """.formatted(id, state, reason);
    }

    private static String status(String id, String instanceCheck, String systemCheck) {
        return """
                <item><instanceId>%s</instanceId><instanceStatus><status>%s</status></instanceStatus>\
                <systemStatus><status>%s</status></systemStatus></item>
                """.formatted(id, instanceCheck, systemCheck);
    }
}
