package io.spotplane.outbox;

import static io.spotplane.testing.BackingService.POSTGRES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.HostVanished;
import io.spotplane.kafka.EventCodec;
import io.spotplane.testing.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
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
import reactor.core.publisher.Mono;

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
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Autowired
    Outbox outbox;

    @Autowired
    PendingEvents pending;

    @Autowired
    EventCodec codec;

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
        run("truncate outbox_event, outbox_sequence");
        run("update outbox_shard set lock_expires_at = '-infinity'");
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
    void deletesOnlyUnderALeaseThatHolds() {
        // Given
        append("a");
        var token = UUID.randomUUID();
        var shards = pending.claim(token).block(PATIENCE);
        var positions = pending.oldest(shards).block(PATIENCE).stream()
                .map(PendingEvent::position)
                .toList();
        // When
        var byAnother = pending.delete(positions, UUID.randomUUID()).block(PATIENCE);
        run("update outbox_shard set lock_expires_at = clock_timestamp()");
        var tooLate = pending.delete(positions, token).block(PATIENCE);
        run("update outbox_shard set lock_expires_at = clock_timestamp() + interval '1 minute'");
        var inTime = pending.delete(positions, token).block(PATIENCE);
        // Then
        assertThat(byAnother).isZero();
        assertThat(tooLate).isZero();
        assertThat(inTime).isEqualTo(1);
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

    @Test
    void countsEachSubjectOfALargeAppendOnItsOwn() {
        // Given: one, two and three of a kind by turns, and not in the order of their names
        var subjects = Stream.generate(() -> Stream.of("c", "a", "c", "b", "c", "b"))
                .limit(50)
                .flatMap(Function.identity())
                .toArray(String[]::new);
        // When
        append(subjects);
        append("b", "a");
        while (relay(broker).round() == Relay.Round.ANNOUNCED) {}
        // Then
        assertThat(broker.taken("a")).containsExactlyElementsOf(numbers(51));
        assertThat(broker.taken("b")).containsExactlyElementsOf(numbers(101));
        assertThat(broker.taken("c")).containsExactlyElementsOf(numbers(150));
    }

    @Test
    void announcesTheRecordThatTheEventItselfWouldMake() {
        // Given
        var deadline = Instant.parse("2026-11-21T12:02:00.123456Z");
        var notice = new NewEvent<>(
                EventType.HOST_VANISHED, "a", "acme", deadline.plusNanos(789), new HostVanished("Zürich \u001e", NOON));
        commit(outbox.append(List.of(notice)));
        run("update outbox_event set traceparent = '" + TRACE + "'");
        // When
        relay(broker).round();
        // Then
        var record = broker.records.getFirst();
        var time = Instant.parse(Broker.header(record, "ce_time"));
        var written = codec.write(new Event<>(
                Broker.header(record, "ce_id"),
                notice.type(),
                "/spotplane/test-service",
                "a",
                "acme",
                1,
                time,
                deadline,
                TRACE,
                notice.data()));
        assertThat(record.value()).isEqualTo(written.value());
        assertThat(record)
                .returns(written.topic(), ProducerRecord::topic)
                .returns(written.key(), ProducerRecord::key)
                .returns(written.partition(), ProducerRecord::partition)
                .returns(written.headers(), ProducerRecord::headers)
                .returns(time.toEpochMilli(), ProducerRecord::timestamp);
    }

    @Test
    void announcesWhatTheVersionBeforeAppended() {
        // Given
        var event = new Event<>(
                UUID.randomUUID().toString(),
                EventType.HOST_VANISHED,
                "/spotplane/test-service",
                "a",
                "acme",
                1,
                NOON,
                NOON.plusSeconds(120),
                TRACE,
                new HostVanished("a", NOON));
        appendAsTheVersionBefore(codec.write(event));
        append("a");
        // When
        relay(broker).round();
        // Then
        var record = broker.records.getFirst();
        assertThat(record.value()).isEqualTo(codec.write(event).value());
        assertThat(record.headers()).isEqualTo(codec.write(event).headers());
        assertThat(record.timestamp()).isEqualTo(NOON.toEpochMilli());
        assertThat(broker.order).containsExactly("a-1", "a-2");
    }

    @Test
    void announcesATypeThatOnlyALaterVersionKnows() {
        // Given
        run("""
                insert into outbox_event (id, shard, topic, subject, sequence, type, tenant, payload)
                values (gen_random_uuid(), 7, 'spotplane.weather', 'a', 1, 'io.spotplane.weather.rain-observed.v1', 'acme', '{}')""");
        // When
        relay(broker).round();
        // Then
        var record = broker.records.getFirst();
        assertThat(record.topic()).isEqualTo("spotplane.weather");
        assertThat(Broker.header(record, "ce_type")).isEqualTo("io.spotplane.weather.rain-observed.v1");
        assertThat(Broker.header(record, "ce_dataschema"))
                .isEqualTo("urn:spotplane:schema:io.spotplane.weather.rain-observed.v1");
    }

    @Test
    void measuresTheBacklogByItsOldest() {
        // Given
        append("a", "b");
        run("update outbox_event set time = clock_timestamp() - interval '1 minute' where subject = 'b'");
        // When
        var waiting = pending.backlog().block(PATIENCE);
        relay(broker).round();
        var nothing = pending.backlog().block(PATIENCE);
        // Then
        assertThat(waiting.pending()).isEqualTo(2);
        assertThat(waiting.oldestAge()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(80));
        assertThat(nothing).isEqualTo(new PendingEvents.Backlog(0, Duration.ZERO));
    }

    /** With the statement of the version that kept the headers of the record. */
    private void appendAsTheVersionBefore(ProducerRecord<String, byte[]> record) {
        var headers = record.headers().toArray();
        database.sql("""
                        insert into outbox_event (id, shard, topic, subject, sequence, headers, payload)
                        values (cast(:id as uuid), :shard, :topic, :subject, 1, jsonb_object(:names, :values), :payload)""")
                .bind("id", Broker.header(record, "ce_id"))
                .bind("shard", Shard.of(record.key()))
                .bind("topic", record.topic())
                .bind("subject", record.key())
                .bind("names", Stream.of(headers).map(Header::key).toArray(String[]::new))
                .bind(
                        "values",
                        Stream.of(headers)
                                .map(header -> new String(header.value(), UTF_8))
                                .toArray(String[]::new))
                .bind("payload", new String(record.value(), UTF_8))
                .then()
                .block(PATIENCE);
        run("insert into outbox_sequence values ('" + record.topic() + "', '" + record.key() + "', 1)");
    }

    private static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }

    private void run(String statement) {
        database.sql(statement).then().block(PATIENCE);
    }

    private Relay relay(Function<ProducerRecord<String, byte[]>, CompletableFuture<Void>> broker) {
        return new Relay(pending, codec, broker, settings.lease(), meters);
    }

    private void append(String... subjects) {
        commit(outbox.append(HostEvents.of(subjects)));
    }

    private void commit(Mono<Void> work) {
        work.as(transaction::transactional).block(PATIENCE);
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

        final List<ProducerRecord<String, byte[]>> records = new CopyOnWriteArrayList<>();
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
            records.add(record);
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
