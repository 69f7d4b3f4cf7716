package io.spotplane.inventory.agent;

import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.inventory.lease.Lease;
import io.spotplane.inventory.lease.Leases;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.storesonly.StoresOnly;
import io.spotplane.testing.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(classes = StoresOnly.class, webEnvironment = WebEnvironment.NONE)
@Infrastructure({POSTGRES, REDIS})
class R2dbcRunLogIT {

    private static final Instant FIRST = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant SECOND = FIRST.plusSeconds(15);

    private final Source<?> source = Source.hypervisorsOf("c" + UUID.randomUUID());
    private final Leases leases;
    private final RunLog runs;

    R2dbcRunLogIT(@Autowired Leases leases, @Autowired RunLog runs) {
        this.leases = leases;
        this.runs = runs;
    }

    @Test
    void remembersWhatWasBelievedThroughFailures() {
        // When
        close(FIRST, new Outcome.Believed(120));
        close(SECOND, new Outcome.Failed("nova is away"));
        close(SECOND, new Outcome.Suspicious("short list"));
        // Then
        var last = last();
        assertThat(last.lastSuccessAt()).isEqualTo(FIRST);
        assertThat(last.startedAt()).isEqualTo(SECOND);
        assertThat(last.believedSize()).isEqualTo(120);
        assertThat(last.consecutiveFailures()).isEqualTo(2);
        assertThat(last.error()).isEqualTo("short list");
        assertThat(last.speedUp()).isEqualTo(4.0);
        assertThat(runs.believedSize(source).block()).isEqualTo(120);
    }

    @Test
    void aBelievedRunClearsTheError() {
        // When
        close(FIRST, new Outcome.Failed("nova is away"));
        close(SECOND, new Outcome.Believed(3));
        // Then
        assertThat(last().error()).isNull();
        assertThat(last().consecutiveFailures()).isZero();
        assertThat(last().itemsPerSecond()).isEqualTo(1.5);
    }

    @Test
    void anOperatorsWordHoldsForOneBelievedList() {
        // Given
        close(FIRST, new Outcome.Believed(120));
        // When
        assertThat(runs.believeNext(source.name()).block()).isTrue();
        // Then
        assertThat(runs.believedSize(source).block()).isZero();
        close(SECOND, new Outcome.Failed("nova is away"));
        assertThat(runs.believedSize(source).block()).isZero();
        close(SECOND, new Outcome.Believed(10));
        assertThat(runs.believedSize(source).block()).isEqualTo(10);
    }

    @Test
    void anAgentThatNeverRanCannotBeBelieved() {
        assertThat(runs.believeNext("nobody.servers").block()).isFalse();
    }

    @Test
    void aRunWhoseLeaseWasLostIsNotRecorded() {
        // When
        var recorded = runs.close(new Lease(source.name(), 1), run(FIRST, new Outcome.Believed(1)))
                .block();
        // Then
        assertThat(recorded).isFalse();
        assertThat(runs.lastRuns().block()).doesNotContainKey(source.name());
    }

    private void close(Instant at, Outcome outcome) {
        var terms = new Leases.Terms(source.name(), Duration.ofMinutes(1), Duration.ZERO);
        var closed = leases.take(terms, true)
                .flatMap(lease -> runs.close(lease, run(at, outcome)))
                .block();
        assertThat(closed).isTrue();
    }

    private FinishedRun run(Instant at, Outcome outcome) {
        return new FinishedRun(source, at, Duration.ofSeconds(2), Duration.ofSeconds(8), 121, outcome);
    }

    private LoggedRun last() {
        return runs.lastRuns().block().get(source.name());
    }
}
