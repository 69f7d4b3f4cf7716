package io.spotplane.outbox;

import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.testing.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.KafkaException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** The relay on a real database, with a broker that misbehaves on demand. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.application.name=test-service",
            "spring.flyway.locations=classpath:db/outbox",
            "spotplane.outbox.relay=false",
            "spotplane.outbox.lease=500ms",
            "management.health.kafka.enabled=false"
        })
@Infrastructure(POSTGRES)
class RelayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    Outbox outbox;

    @Autowired
    PendingEvents pending;

    @Autowired
    OutboxSettings settings;

    @Autowired
    TransactionalOperator transaction;

    @Autowired
    DatabaseClient database;

    @Autowired
    DatabaseSignals signals;

    private final Broker broker = new Broker();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void nothingWaits() {
        database.sql("truncate outbox_event, outbox_sequence").then().block(PATIENCE);
        database.sql("update outbox_shard set lock_expires_at = '-infinity'")
                .then()
                .block(PATIENCE);
    }

    @Test
    void hasNothingToDoWhenNothingWaits() {
        assertThat(relay(broker).round()).isEqualTo(Relay.Round.NOTHING_TO_DO);
    }

    @Test
    void sendsEachEventOnceInTheOrderOfItsSubject() {
        // Given
        append("a", "b", "a");
        // When
        var first = relay(broker).round();
        var second = relay(broker).round();
        // Then
        assertThat(first).isEqualTo(Relay.Round.ANNOUNCED);
        assertThat(second).isEqualTo(Relay.Round.NOTHING_TO_DO);
        assertThat(broker.taken("a")).containsExactly("1", "2");
        assertThat(broker.taken("b")).containsExactly("1");
        assertThat(meters.counter("spotplane.outbox.published").count()).isEqualTo(3);
    }

    @Test
    void aRefusedEventHoldsBackItsSubjectAndNoOther() {
        // Given
        append("a", "a", "b", "b");
        broker.refusing.add("a");
        // When
        var refused = relay(broker).round();
        broker.refusing.clear();
        relay(broker).round();
        // Then
        assertThat(refused).isEqualTo(Relay.Round.BROKER_FAILED);
        assertThat(broker.order).containsSubsequence("b-1", "b-2", "a-1", "a-2").hasSize(4);
    }

    @Test
    void asksABrokerThatIsAwayOnlyOnceARound() {
        // Given
        append(IntStream.range(0, 20).mapToObj(n -> "s" + n).toArray(String[]::new));
        broker.away = true;
        // When
        var round = relay(broker).round();
        // Then
        assertThat(round).isEqualTo(Relay.Round.BROKER_FAILED);
        assertThat(broker.asked).isEqualTo(1);
        assertThat(pending.backlog().block(PATIENCE).pending()).isEqualTo(20);
    }

    @Test
    void everythingIsAnnouncedInOrderOnceTheBrokerIsBack() {
        // Given
        append("a", "b", "a");
        broker.away = true;
        var thread = new RelayThread(relay(broker), signals, settings);
        thread.start();
        await().until(() -> broker.asked > 1);
        // When
        append("a");
        broker.away = false;
        // Then
        await().atMost(PATIENCE).until(() -> broker.order.size() == 4);
        assertThat(broker.taken("a")).containsExactly("1", "2", "3");
        thread.stop();
    }

    @Test
    void repeatsTheSameEventWhenARelayDiedBetweenAcknowledgementAndDeletion() throws Exception {
        // Given: the first relay hangs after the broker took the event
        append("a");
        var hanging = new CompletableFuture<Relay.Round>();
        var acknowledged = new CompletableFuture<Void>();
        var dying = relay(record -> {
            broker.apply(record);
            return acknowledged;
        });
        var thread = Thread.ofPlatform().start(() -> hanging.complete(dying.round()));
        await().until(() -> broker.order.size() == 1);
        // When: its lease runs out and another takes over
        await().atMost(PATIENCE).until(() -> relay(broker).round() == Relay.Round.ANNOUNCED);
        acknowledged.complete(null);
        thread.join();
        // Then: the same id twice; the late deletion of the first counts for nothing
        assertThat(hanging.get()).isEqualTo(Relay.Round.ANNOUNCED);
        assertThat(broker.order).containsExactly("a-1", "a-1");
        assertThat(broker.ids).hasSize(1);
        assertThat(meters.counter("spotplane.outbox.published").count()).isEqualTo(1);
    }

    @Test
    void isWokenByACommitLongBeforeThePoll() {
        // Given
        var lazy = new OutboxSettings(
                settings.lease(),
                Duration.ofMinutes(10),
                settings.maxBackoff(),
                settings.batchSize(),
                settings.shardsPerRound(),
                settings.keepApplied());
        var heard = new CopyOnWriteArrayList<String>();
        var listening = signals.on("outbox").subscribe(heard::add);
        var thread = new RelayThread(relay(broker), signals, lazy);
        thread.start();
        await().until(() -> !heard.isEmpty());
        // When
        append("urgent");
        // Then
        await().atMost(Duration.ofSeconds(5)).until(() -> broker.order.contains("urgent-" + last("urgent")));
        thread.stop();
        listening.dispose();
    }

    @Test
    void keepsOnlyWhatWaits() {
        // Given
        append("a", "b", "c");
        broker.refusing.add("b");
        // When
        relay(broker).round();
        // Then
        var left = database.sql("select subject from outbox_event order by subject")
                .mapValue(String.class)
                .all()
                .collectList()
                .block(PATIENCE);
        assertThat(left).containsExactly("b");
    }

    private Relay relay(Function<ProducerRecord<String, byte[]>, CompletableFuture<Void>> broker) {
        return new Relay(pending, broker, settings.lease(), meters);
    }

    private void append(String... subjects) {
        outbox.append(HostEvents.of(subjects)).as(transaction::transactional).block(PATIENCE);
    }

    private long last(String subject) {
        return database.sql("select last from outbox_sequence where subject = :subject")
                .bind("subject", subject)
                .mapValue(Long.class)
                .one()
                .block(PATIENCE);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Service {}

    /** Remembers what it took, as subject-sequence. */
    private static final class Broker implements Function<ProducerRecord<String, byte[]>, CompletableFuture<Void>> {

        final List<String> order = new CopyOnWriteArrayList<>();
        final Set<String> ids = ConcurrentHashMap.newKeySet();
        final Set<String> refusing = ConcurrentHashMap.newKeySet();
        volatile boolean away;
        volatile int asked;

        @Override
        public CompletableFuture<Void> apply(ProducerRecord<String, byte[]> record) {
            asked++;
            if (away) {
                throw new KafkaException("no metadata after 2000 ms");
            }
            if (refusing.contains(record.key())) {
                return CompletableFuture.failedFuture(new KafkaException("not enough replicas"));
            }
            order.add(record.key() + "-" + header(record, "ce_sequence"));
            ids.add(header(record, "ce_id"));
            return CompletableFuture.completedFuture(null);
        }

        List<String> taken(String subject) {
            return order.stream()
                    .filter(entry -> entry.startsWith(subject + "-"))
                    .map(entry -> entry.substring(subject.length() + 1))
                    .toList();
        }

        private static String header(ProducerRecord<String, byte[]> record, String name) {
            return new String(record.headers().lastHeader(name).value());
        }
    }
}
