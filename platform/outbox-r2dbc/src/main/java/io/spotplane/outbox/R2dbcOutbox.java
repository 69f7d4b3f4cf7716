package io.spotplane.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.r2dbc.spi.Readable;
import io.spotplane.contracts.event.Event;
import io.spotplane.kafka.EventCodec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Appends in two statements: the counters of all subjects are raised (in one order for everybody, so that two appends do not
 * wait for each other in a circle), then the rows are written, already encoded as they will travel.
 */
final class R2dbcOutbox implements Outbox {

    /** What a broker takes by default is 1 MiB with headers; more would stand in its subject's way for ever. */
    static final int MAX_BYTES = 900_000;

    /** What {@code chr(30)} is in the statement below. */
    private static final String RECORD_SEPARATOR = "\u001e";

    private static final String RAISE = """
            insert into outbox_sequence as counter (topic, subject, last)
            select * from unnest(cast(:topics as text[]), cast(:subjects as text[]), cast(:counts as bigint[]))
            on conflict (topic, subject) do update set last = counter.last + excluded.last
            returning topic, subject, last""";
    private static final String WRITE = """
            insert into outbox_event (id, shard, topic, subject, sequence, headers, payload)
            select id, shard, topic, subject, sequence, cast(headers as jsonb), payload
            from unnest(cast(:ids as uuid[]), cast(:shards as smallint[]), cast(:topics as text[]),
                cast(:subjects as text[]), cast(:sequences as bigint[]),
                string_to_array(:headers, chr(30)), string_to_array(:payloads, chr(30)))
                with ordinality as row (id, shard, topic, subject, sequence, headers, payload, place)
            order by place""";

    private final DatabaseClient database;
    private final EventCodec codec;
    private final CallersTrace trace;
    private final String source;
    private final Clock clock;
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
    private final JsonMapper json = new JsonMapper();

    /** {@code source}: the CloudEvents source of this service. */
    R2dbcOutbox(DatabaseClient database, EventCodec codec, CallersTrace trace, String source, Clock clock) {
        this.database = database;
        this.codec = codec;
        this.trace = trace;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Mono<Void> append(List<NewEvent<?>> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return requireTransaction()
                .then(Mono.defer(() -> raise(events)))
                .zipWith(trace.traceparent(), (counters, trace) -> rows(events, counters, trace.orElse(null)))
                .flatMap(this::write)
                .checkpoint("append to outbox");
    }

    private static Mono<Void> requireTransaction() {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .filter(TransactionSynchronizationManager::isActualTransactionActive)
                .switchIfEmpty(Mono.error(() -> new NoTransactionException("none is active")))
                .onErrorMap(
                        NoTransactionException.class,
                        e -> new IllegalStateException("Outbox.append needs the transaction of the change", e))
                .then();
    }

    /** The next sequence of each subject, for which the counters are locked until this transaction ends. */
    private Mono<Map<Counter, Long>> raise(List<NewEvent<?>> events) {
        var counts = new TreeMap<Counter, Long>();
        events.forEach(event -> counts.merge(Counter.of(event), 1L, Long::sum));
        return database.sql(RAISE)
                .bind("topics", counts.keySet().stream().map(Counter::topic).toArray(String[]::new))
                .bind("subjects", counts.keySet().stream().map(Counter::subject).toArray(String[]::new))
                .bind("counts", counts.values().toArray(Long[]::new))
                .map(Raised::from)
                .all()
                .collectMap(Raised::counter, raised -> raised.last() - counts.getOrDefault(raised.counter(), 0L) + 1);
    }

    private List<Row> rows(List<NewEvent<?>> events, Map<Counter, Long> next, @Nullable String traceparent) {
        var sequences = new HashMap<>(next);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return events.stream()
                .map(event -> row(event, sequences.merge(Counter.of(event), 1L, Long::sum) - 1, now, traceparent))
                .toList();
    }

    private <T> Row row(NewEvent<T> event, long sequence, Instant now, @Nullable String traceparent) {
        var id = ids.generate();
        var record = codec.write(new Event<>(
                id.toString(),
                event.type(),
                source,
                event.subject(),
                event.tenant(),
                sequence,
                now,
                event.expires(),
                traceparent,
                event.data()));
        if (record.value().length > MAX_BYTES) {
            throw new IllegalArgumentException(event.type() + " of " + event.subject() + " has " + record.value().length
                    + " bytes, expected at most " + MAX_BYTES);
        }
        return new Row(id, sequence, record, json.writeValueAsString(headers(record)));
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        var headers = new HashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    private Mono<Void> write(List<Row> rows) {
        return database.sql(WRITE)
                .bind("ids", column(rows, Row::id, UUID[]::new))
                .bind("shards", column(rows, row -> Shard.of(row.record().key()), Short[]::new))
                .bind("topics", column(rows, row -> row.record().topic(), String[]::new))
                .bind("subjects", column(rows, row -> row.record().key(), String[]::new))
                .bind("sequences", column(rows, Row::sequence, Long[]::new))
                .bind("headers", joined(rows, Row::headers))
                .bind("payloads", joined(rows, row -> new String(row.record().value(), UTF_8)))
                .then();
    }

    private static <T> T[] column(List<Row> rows, Function<Row, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    /** JSON documents as one text, since an array of them is escaped quote by quote. In none of them is there a raw control character. */
    private static String joined(List<Row> rows, Function<Row, String> document) {
        return rows.stream().map(document).collect(Collectors.joining(RECORD_SEPARATOR));
    }

    /** What is counted: the events of one subject on one topic. */
    private record Counter(String topic, String subject) implements Comparable<Counter> {

        static Counter of(NewEvent<?> event) {
            return new Counter(event.type().topic(), event.subject());
        }

        @Override
        public int compareTo(Counter other) {
            var byTopic = topic.compareTo(other.topic);
            return byTopic == 0 ? subject.compareTo(other.subject) : byTopic;
        }
    }

    /** A counter after it was raised. */
    private record Raised(Counter counter, long last) {

        static Raised from(Readable row) {
            return new Raised(
                    new Counter(Columns.text(row, "topic"), Columns.text(row, "subject")), Columns.number(row, "last"));
        }
    }

    /** An event as it will travel. */
    private record Row(UUID id, long sequence, ProducerRecord<String, byte[]> record, String headers) {}
}
