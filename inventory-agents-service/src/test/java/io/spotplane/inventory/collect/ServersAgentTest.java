package io.spotplane.inventory.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.inventory.InventorySettings.FanOut;
import io.spotplane.inventory.agent.Calls;
import io.spotplane.inventory.agent.Findings;
import io.spotplane.inventory.fake.MemorySnapshots;
import io.spotplane.inventory.fake.ScriptedCloud;
import io.spotplane.inventory.snapshot.HostServers;
import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class ServersAgentTest {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final MemorySnapshots snapshots = new MemorySnapshots();
    private final ScriptedCloud cloud = ScriptedCloud.of(120, 8, clock);
    private final Calls calls = new Calls(clock);

    @Test
    void asksAsManyHostsAtATimeAsStatedAndNoMore() {
        // Given
        everyHostTakes(Duration.ofMillis(100));
        // When
        var findings = look();
        // Then
        assertThat(cloud.mostUnderWay()).isEqualTo(50);
        assertThat(findings.items()).hasSize(120);
        assertThat(findings.size()).isEqualTo(120);
    }

    @Test
    void saysHowLongItsCallsWouldHaveTakenOneAfterAnother() {
        // Given
        everyHostTakes(Duration.ofMillis(100));
        // When
        look();
        // Then
        assertThat(calls.count()).isEqualTo(121);
        assertThat(calls.serialTime()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void aHostThatHangsIsNamedAndKeepsWhatItLastSaid() {
        // Given
        var lastSaid = new HostServers("host-7", Instant.EPOCH, List.of(ScriptedCloud.server("host-7", 4)));
        snapshots
                .keep(new Snapshot<>(Source.serversOf("ca1"), Instant.EPOCH, 1, List.of(lastSaid), Map.of()))
                .block();
        cloud.hang("host-7");
        // When
        var findings = look();
        // Then
        assertThat(findings.unreachable()).containsExactly(Map.entry("host-7", "no answer within PT2S"));
        assertThat(findings.items()).hasSize(120).contains(lastSaid);
    }

    @Test
    void aHostThatNeverAnsweredIsNamedAndLeftOut() {
        // Given
        cloud.fail("host-7", "compute is down");
        // When
        var findings = look();
        // Then
        assertThat(findings.unreachable()).containsEntry("host-7", "compute is down");
        assertThat(findings.items()).hasSize(119).noneMatch(host -> host.host().equals("host-7"));
    }

    @Test
    void whenNoHostAnswersTheLookHasFailed() {
        // Given
        for (int n = 1; n <= 120; n++) {
            cloud.fail("host-" + n, "forbidden");
        }
        var fault = new AtomicReference<Throwable>();
        // When
        agent().look(calls).subscribe(none -> {}, fault::set);
        // Then
        assertThat(fault.get())
                .hasMessageContaining("none of 120 hosts answered")
                .hasMessageContaining("forbidden");
    }

    @Test
    void goesByTheHypervisorsThatWereSeenLastAndAsksForThemOnlyBeforeThat() {
        // Given
        var seen = cloud.hypervisors().block().subList(0, 30);
        snapshots
                .keep(new Snapshot<>(Source.hypervisorsOf("ca1"), Instant.EPOCH, 1, seen, Map.of()))
                .block();
        // When
        var findings = look();
        // Then
        assertThat(findings.items()).hasSize(30);
        assertThat(calls.count()).isEqualTo(30);
    }

    private void everyHostTakes(Duration time) {
        for (int n = 1; n <= 120; n++) {
            cloud.slow("host-" + n, time);
        }
    }

    private Findings<HostServers> look() {
        var findings = new AtomicReference<Findings<HostServers>>();
        agent().look(calls).subscribe(findings::set);
        clock.advanceTimeBy(Duration.ofSeconds(10));
        return findings.get();
    }

    private ServersAgent agent() {
        return new ServersAgent(
                cloud, new FanOut(Duration.ofSeconds(15), Duration.ofSeconds(60), 50, CALL_TIMEOUT), snapshots, clock);
    }
}
