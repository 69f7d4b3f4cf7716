package io.spotplane.inventory.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.fake.MemoryLeases;
import io.spotplane.inventory.fake.MemoryRunLog;
import io.spotplane.inventory.fake.MemorySnapshots;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostInventory.HostAggregate;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class AgentRunnerTest {

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Schedule SCHEDULE = new Schedule(EVERY, Duration.ofSeconds(4));

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final MemorySnapshots snapshots = new MemorySnapshots();
    private final MemoryRunLog runs = new MemoryRunLog(leases);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AgentRunner> started = new ArrayList<>();

    private final Hypervisors hypervisors = new Hypervisors();
    private final Aggregates aggregates = new Aggregates();

    @AfterEach
    void stop() {
        started.forEach(AgentRunner::stop);
    }

    @Test
    void looksAtOnceAndThenOnSchedule() {
        // When
        start();
        clock.advanceTimeBy(Duration.ofSeconds(35));
        // Then
        assertThat(runs.of(hypervisors.source())).hasSizeBetween(4, 5);
        assertThat(snapshots.of(hypervisors.source()).items()).hasSize(10);
    }

    @Test
    void aSourceThatHangsIsTimedOutAndKeepsItsLastGoodSnapshotWhileTheOthersGoOn() {
        // Given
        start();
        var before = snapshots.of(hypervisors.source());
        // When
        hypervisors.answers(Mono.never());
        clock.advanceTimeBy(Duration.ofSeconds(60));
        // Then
        assertThat(snapshots.of(hypervisors.source())).isEqualTo(before);
        assertThat(lastOutcome(hypervisors)).isEqualTo(new Outcome.Failed("no whole answer within PT4S"));
        assertThat(runs.of(aggregates.source()))
                .hasSizeBetween(6, 7)
                .allMatch(run -> run.outcome() instanceof Outcome.Believed);
        assertThat(snapshots.of(aggregates.source()).asOf()).isAfter(before.asOf());
    }

    @Test
    void aSourceThatFailsIsNamedWithTheReasonAndTriedAgain() {
        // Given
        hypervisors.answers(Mono.error(new IllegalStateException("nova is away")));
        start();
        // When
        hypervisors.sees(10);
        clock.advanceTimeBy(Duration.ofSeconds(12));
        // Then
        assertThat(runs.of(hypervisors.source()))
                .extracting(FinishedRun::outcome)
                .containsExactly(new Outcome.Failed("nova is away"), new Outcome.Believed(10));
    }

    @Test
    void anAgentNeverRunsBesideItself() {
        // Given
        hypervisors.answers(Mono.delay(Duration.ofSeconds(3), clock).thenReturn(hosts(10)));
        start();
        // When
        runner().wakeAll();
        runner().wakeAll();
        clock.advanceTimeBy(Duration.ofSeconds(60));
        // Then
        assertThat(hypervisors.mostAtOnce).hasValue(1);
        assertThat(runs.of(hypervisors.source())).hasSizeGreaterThan(4);
    }

    @Test
    void wakesDuringALookBecomeOneMoreLook() {
        // Given
        hypervisors.answers(Mono.delay(Duration.ofSeconds(3), clock).thenReturn(hosts(10)));
        start();
        // When
        runner().wakeAll();
        runner().wakeAll();
        clock.advanceTimeBy(Duration.ofSeconds(7));
        // Then
        assertThat(hypervisors.looks).hasValue(2);
    }

    @Test
    void twoReplicasDoNotLookTwice() {
        // Given
        start();
        start();
        // When
        clock.advanceTimeBy(Duration.ofSeconds(100));
        // Then
        assertThat(hypervisors.mostAtOnce).hasValue(1);
        assertThat(hypervisors.looks.get()).isBetween(9, 12);
    }

    @Test
    void aShortListIsNotBelievedAndTheSnapshotStays() {
        // Given
        start();
        // When
        hypervisors.sees(4);
        clock.advanceTimeBy(Duration.ofSeconds(12));
        // Then
        assertThat(lastOutcome(hypervisors))
                .isEqualTo(new Outcome.Suspicious("short list: 4 after 10; the last good one is kept"));
        assertThat(snapshots.of(hypervisors.source()).items()).hasSize(10);
    }

    @Test
    void aShortListIsBelievedOnceAnOperatorSaysSo() {
        // Given
        start();
        hypervisors.sees(0);
        clock.advanceTimeBy(Duration.ofSeconds(12));
        // When
        runs.believeNext(hypervisors.source().name()).block();
        clock.advanceTimeBy(Duration.ofSeconds(12));
        // Then
        assertThat(snapshots.of(hypervisors.source()).items()).isEmpty();
    }

    @Test
    void whatAReplicaBringsAfterItLostItsLeaseIsDropped() {
        // Given
        start();
        hypervisors.answers(Mono.delay(Duration.ofSeconds(3), clock).thenReturn(hosts(20)));
        clock.advanceTimeBy(Duration.ofSeconds(11));
        // When
        leases.steal(hypervisors.source().name());
        clock.advanceTimeBy(Duration.ofSeconds(4));
        // Then
        assertThat(runs.of(hypervisors.source())).hasSize(1);
    }

    @Test
    void tellsListenersOfBelievedLooksOnly() {
        // Given
        var told = new ArrayList<Source<?>>();
        aggregates.answers(Mono.error(new IllegalStateException("forbidden")));
        var runner = newRunner();
        runner.whenBelieved(told::add);
        // When
        runner.start();
        // Then
        assertThat(told).containsExactly(hypervisors.source());
    }

    @Test
    void recordsHowLongTheLookAndItsCallsTook() {
        // Given
        hypervisors.answers(Mono.delay(Duration.ofSeconds(3), clock).thenReturn(hosts(10)));
        // When
        start();
        clock.advanceTimeBy(Duration.ofSeconds(3));
        // Then
        var run = runs.of(hypervisors.source()).getFirst();
        assertThat(run.took()).isEqualTo(Duration.ofSeconds(3));
        assertThat(run.serial()).isEqualTo(Duration.ofSeconds(3));
        assertThat(run.calls()).isEqualTo(1);
    }

    @Test
    void countsRunsByOutcome() {
        // Given
        aggregates.answers(Mono.error(new IllegalStateException("forbidden")));
        // When
        start();
        // Then
        assertThat(meters.get("spotplane.inventory.agent.runs")
                        .tags("agent", "ca1.aggregates", "outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    private void start() {
        newRunner().start();
        clock.advanceTimeBy(Duration.ofMillis(1));
    }

    private AgentRunner newRunner() {
        var runner = new AgentRunner(
                List.of(hypervisors, aggregates),
                new AgentRunner.Stores(leases, snapshots, runs, meters),
                clock,
                new Random(7));
        started.add(runner);
        return runner;
    }

    private AgentRunner runner() {
        return started.getFirst();
    }

    private Outcome lastOutcome(Agent<?> agent) {
        return runs.of(agent.source()).getLast().outcome();
    }

    private static List<Hypervisor> hosts(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Hypervisor("id" + n, "host-" + n, "up", "enabled", null, 0, 0, -1))
                .toList();
    }

    private static class Hypervisors implements Agent<Hypervisor> {

        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private final AtomicInteger looks = new AtomicInteger();
        private Mono<List<Hypervisor>> answer = Mono.just(hosts(10));

        void answers(Mono<List<Hypervisor>> next) {
            answer = next;
        }

        void sees(int count) {
            answers(Mono.just(hosts(count)));
        }

        @Override
        public Source<Hypervisor> source() {
            return Source.hypervisorsOf("ca1");
        }

        @Override
        public Schedule schedule() {
            return SCHEDULE;
        }

        @Override
        public Mono<Findings<Hypervisor>> look(Calls calls) {
            looks.incrementAndGet();
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            return calls.time(answer)
                    .map(Findings::of)
                    .doOnTerminate(atOnce::decrementAndGet)
                    .doOnCancel(atOnce::decrementAndGet);
        }
    }

    private static class Aggregates implements Agent<HostAggregate> {

        private Mono<List<HostAggregate>> answer =
                Mono.just(List.of(new HostAggregate("1", "H100-n3-spot", null, List.of(), Map.of())));

        void answers(Mono<List<HostAggregate>> next) {
            answer = next;
        }

        @Override
        public Source<HostAggregate> source() {
            return Source.aggregatesOf("ca1");
        }

        @Override
        public Schedule schedule() {
            return SCHEDULE;
        }

        @Override
        public Mono<Findings<HostAggregate>> look(Calls calls) {
            return calls.time(answer).map(Findings::of);
        }
    }
}
