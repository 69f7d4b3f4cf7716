package io.spotplane.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.notification.NotificationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class EventStreamTest {

    private static final Wanted EVERYTHING = new Wanted(List.of(), null);
    private static final Optional<Cursor> FROM_THE_START = Optional.of(new Cursor(0));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aReaderThatTakesNothingIsDroppedAndNothingIsReadForIt() {
        // Given
        var log = new LongLog(1_000_000);
        // When
        StepVerifier.withVirtualTime(() -> stream(log).of("acme", EVERYTHING, FROM_THE_START), 1)
                .assertNext(first -> assertThat(first.retry()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5)))
                .thenAwait(Duration.ofMinutes(1))
                // Then
                .verifyComplete();
        assertThat(log.pagesRead).hasValueLessThan(5);
        assertThat(meters.counter("spotplane.stream.dropped").count()).isEqualTo(1);
    }

    @Test
    void aReaderThatKeepsUpSeesEverythingInOrder() {
        // Given
        var log = new LongLog(350);
        // When
        var seen = stream(log)
                .of("acme", EVERYTHING, FROM_THE_START)
                .filter(event -> event.data() != null)
                .take(350)
                .map(ServerSentEvent::data)
                .collectList()
                .block(Duration.ofSeconds(10));
        // Then
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 350)
                        .mapToObj(n -> "event " + n)
                        .toList());
    }

    @Test
    void anIdleStreamHasAHeartbeat() {
        StepVerifier.withVirtualTime(() -> stream(new LongLog(0)).of("acme", EVERYTHING, FROM_THE_START))
                .expectNextCount(1)
                .thenAwait(Duration.ofSeconds(45))
                .expectNextCount(3)
                .thenCancel()
                .verify();
    }

    private EventStream stream(EventLog log) {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("spotplane.notification", NotificationSettings.class);
        return new EventStream(log, new SilentSignals(), settings, meters);
    }

    /** A log with so many events, which counts how often it is read. */
    private static final class LongLog extends EventLog {

        private final long last;
        final AtomicInteger pagesRead = new AtomicInteger();

        LongLog(long last) {
            super(null);
            this.last = last;
        }

        @Override
        Mono<Bounds> bounds(String tenant) {
            return Mono.just(new Bounds(last, 0));
        }

        @Override
        Flux<LoggedEvent> after(String tenant, long position, Wanted wanted, int limit) {
            pagesRead.incrementAndGet();
            return Flux.fromStream(() -> LongStream.rangeClosed(position + 1, Math.min(last, position + limit))
                    .mapToObj(n -> new LoggedEvent(n, "type", "event " + n)));
        }
    }

    /** Nobody commits. */
    private static final class SilentSignals extends StreamSignals {

        SilentSignals() {
            super(null);
        }
    }
}
