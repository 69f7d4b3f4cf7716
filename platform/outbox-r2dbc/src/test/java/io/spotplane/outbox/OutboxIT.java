package io.spotplane.outbox;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.HostVanished;
import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.EventCodec;
import io.spotplane.kafka.OwnedTopics;
import io.spotplane.testing.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.micrometer.tracing.test.autoconfigure.AutoConfigureTracing;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.application.name=test-service",
            "spring.flyway.locations=classpath:db/outbox",
            "management.tracing.export.otlp.enabled=false"
        })
@Infrastructure({POSTGRES, KAFKA})
@AutoConfigureMetrics
@AutoConfigureTracing
class OutboxIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionalOperator transaction;

    @Autowired
    Heard heard;

    @Autowired
    KafkaAdmin admin;

    @Autowired
    DatabaseClient database;

    @Autowired
    DatabaseSignals signals;

    @Autowired
    EventCodec codec;

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    OutboxSettings settings;

    @Autowired
    MeterRegistry meters;

    @Autowired
    ObservationRegistry observations;

    @BeforeEach
    void topicIsThere() {
        await().ignoreExceptions().until(() -> admin.describeTopics(Topics.HOSTS) != null);
    }

    @Test
    void announcesWhatCommitted() {
        // When
        commit(outbox.append(HostEvents.of("announced", "announced")));
        // Then
        await().untilAsserted(() -> assertThat(heard.of("announced")).hasSize(2));
        assertThat(heard.of("announced")).extracting(Event::sequence).containsExactly(1L, 2L);
        assertThat(heard.of("announced")).allSatisfy(event -> {
            assertThat(event.source()).isEqualTo("/spotplane/test-service");
            assertThat(event.tenant()).isEqualTo(Event.PLATFORM);
            assertThat(UUID.fromString(event.id()).version()).isEqualTo(7);
        });
    }

    @Test
    void announcesNothingOfWhatRolledBackAndLeavesNoGap() {
        // Given
        var rolledBack = outbox.append(HostEvents.of("wavering"))
                .then(Mono.<Void>error(new IllegalStateException("changed my mind")));
        // When
        assertThatThrownBy(() -> commit(rolledBack)).hasMessage("changed my mind");
        commit(outbox.append(HostEvents.of("wavering")));
        // Then
        await().untilAsserted(() -> assertThat(heard.of("wavering")).hasSize(1));
        assertThat(heard.of("wavering")).extracting(Event::sequence).containsExactly(1L);
    }

    @Test
    void refusesToAppendWithoutATransaction() {
        assertThatThrownBy(() -> outbox.append(HostEvents.of("loose")).block(PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
    }

    @Test
    void refusesWhatNoBrokerTakes() {
        // Given
        var name = "x".repeat(R2dbcOutbox.MAX_BYTES);
        var tooLong =
                NewEvent.of(EventType.HOST_VANISHED, "long", Event.PLATFORM, new HostVanished(name, Instant.EPOCH));
        // Then
        assertThatThrownBy(() -> commit(outbox.append(List.of(tooLong))))
                .hasStackTraceContaining("expected at most " + R2dbcOutbox.MAX_BYTES);
    }

    @Test
    void carriesTheCallersTrace() {
        // Given
        var work = Observation.start("work", observations);
        var span =
                work.getContextView().<TracingContext>get(TracingContext.class).getSpan();
        // When
        commit(outbox.append(HostEvents.of("traced"))
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, work)));
        // Then
        await().untilAsserted(() -> assertThat(heard.of("traced")).hasSize(1));
        assertThat(heard.of("traced").getFirst().traceparent())
                .contains(span.context().traceId());
        work.stop();
    }

    @Test
    void twoRelaysSideBySideKeepTenThousandEventsInOrderWithoutGaps() {
        // Given
        var second = new RelayThread(
                new Relay(
                        new PendingEvents(database, settings, "/spotplane/test-service", "second relay"),
                        codec,
                        kafka::send,
                        settings.lease(),
                        meters),
                signals,
                settings);
        var subjects = IntStream.range(0, 100).mapToObj(n -> "busy-" + n).toList();
        var start = System.nanoTime();
        // When: 2,000 transactions of 5 events, 8 at a time, each over 5 subjects in another order
        second.start();
        Flux.range(0, 2_000)
                .flatMap(
                        n -> outbox.append(HostEvents.of(IntStream.range(0, 5)
                                        .mapToObj(i -> subjects.get((n * 7 + i * (13 + n % 5)) % 100))
                                        .toArray(String[]::new)))
                                .as(transaction::transactional),
                        8)
                .blockLast(PATIENCE);
        var appended = System.nanoTime();
        await().atMost(PATIENCE)
                .until(() -> subjects.stream()
                                .mapToInt(subject -> heard.sequencesOf(subject).size())
                                .sum()
                        >= 10_000);
        var end = System.nanoTime();
        second.stop();
        // Then
        assertThat(subjects).allSatisfy(subject -> {
            var firstSights = List.copyOf(new LinkedHashSet<>(heard.sequencesOf(subject)));
            assertThat(firstSights)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, firstSights.size())
                            .boxed()
                            .toList());
        });
        System.out.printf(
                "10,000 events: appended in %d ms, all heard after %d ms%n",
                Duration.ofNanos(appended - start).toMillis(),
                Duration.ofNanos(end - start).toMillis());
    }

    private void commit(Mono<Void> work) {
        work.as(transaction::transactional).block(PATIENCE);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Service {

        @Bean
        OwnedTopics ownedTopics() {
            return OwnedTopics.of(OwnedTopics.Topic.log(Topics.HOSTS));
        }

        @Bean
        Heard heard(EventCodec codec) {
            return new Heard(codec);
        }
    }

    /** A consumer with a memory. */
    static class Heard {

        private final EventCodec codec;
        private final Map<String, List<Event<?>>> events = new ConcurrentHashMap<>();

        Heard(EventCodec codec) {
            this.codec = codec;
        }

        @KafkaListener(topics = Topics.HOSTS, groupId = "outbox-it")
        void on(ConsumerRecord<String, byte[]> record) {
            codec.read(record).ifPresent(event -> of(event.subject()).add(event));
        }

        List<Event<?>> of(String subject) {
            return events.computeIfAbsent(subject, s -> new CopyOnWriteArrayList<>());
        }

        List<Long> sequencesOf(String subject) {
            return of(subject).stream().<Long>map(Event::sequence).toList();
        }
    }
}
