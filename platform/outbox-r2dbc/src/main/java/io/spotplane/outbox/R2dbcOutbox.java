package io.spotplane.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.spotplane.kafka.EventCodec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Appends in two statements: the counters of all subjects are raised (in one order for everybody, so that two appends do not
 * wait for each other in a circle), then the rows are written. The data is turned into JSON before, while nobody waits for a counter.
 */
final class R2dbcOutbox implements Outbox {

    /** What a broker takes by default is 1 MiB with headers; more would stand in its subject's way for ever. */
    static final int MAX_BYTES = 900_000;

    /** What {@code chr(30)} is in the statement below. */
    private static final String RECORD_SEPARATOR = "\u001e";

    /** From here on data is turned into JSON on another thread than the caller's, which may be an event loop. */
    private static final int MANY = 100;

    /** Answers in one row, in the order asked in, since rows are returned as they are written: what they are is known here. */
    private static final String RAISE = """
            with raised as (
                insert into outbox_sequence as counter (topic, subject, last)
                select topic, subject, count
                from unnest(cast(:topics as text[]), cast(:subjects as text[]), cast(:counts as bigint[]))
                    with ordinality as row (topic, subject, count, place)
                order by place
                on conflict (topic, subject) do update set last = counter.last + excluded.last
                returning last)
            select array_agg(last) from raised""";

    private static final String WRITE = """
            insert into outbox_event (id, shard, topic, subject, sequence, type, tenant, time, expires, traceparent, payload)
            select id, shard, topic, subject, sequence, type, tenant, :time, expires, cast(:traceparent as text), payload
            from unnest(cast(:ids as uuid[]), cast(:shards as smallint[]), cast(:topics as text[]),
                cast(:subjects as text[]), cast(:sequences as bigint[]), cast(:types as text[]), cast(:tenants as text[]),
                cast(:expires as timestamptz[]), string_to_array(:payloads, chr(30)))
                with ordinality as row (id, shard, topic, subject, sequence, type, tenant, expires, payload, place)
            order by place""";

    private final DatabaseClient database;
    private final EventCodec codec;
    private final CallersTrace trace;
    private final Clock clock;
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    R2dbcOutbox(DatabaseClient database, EventCodec codec, CallersTrace trace, Clock clock) {
        this.database = database;
        this.codec = codec;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Mono<Void> append(List<NewEvent<?>> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return requireTransaction()
                .then(trace.traceparent())
                .flatMap(traceparent -> encode(events, traceparent.orElse(null)))
                .flatMap(this::raise)
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

    private Mono<Batch> encode(List<NewEvent<?>> events, @Nullable String traceparent) {
        var batch = Mono.fromCallable(() -> new Batch(events, payloads(events), traceparent));
        return events.size() < MANY ? batch : batch.subscribeOn(Schedulers.boundedElastic());
    }

    /** JSON documents as one text, since an array of them is escaped quote by quote. In none of them is there a raw control character. */
    private String payloads(List<NewEvent<?>> events) {
        return events.stream().map(this::payload).collect(Collectors.joining(RECORD_SEPARATOR));
    }

    private String payload(NewEvent<?> event) {
        var data = codec.data(event.data());
        if (data.length > MAX_BYTES) {
            throw new IllegalArgumentException(event.type() + " of " + event.subject() + " has " + data.length
                    + " bytes, expected at most " + MAX_BYTES);
        }
        return new String(data, UTF_8);
    }

    /** Gives each event its sequence; the counters are locked until this transaction ends. */
    private Mono<Numbered> raise(Batch batch) {
        var counts = batch.counts();
        return database.sql(RAISE)
                .bind("topics", counts.keySet().stream().map(Counter::topic).toArray(String[]::new))
                .bind("subjects", counts.keySet().stream().map(Counter::subject).toArray(String[]::new))
                .bind("counts", counts.values().toArray(Long[]::new))
                .map(row -> requireNonNull(row.get(0, Long[].class)))
                .one()
                .map(lasts -> new Numbered(batch, batch.sequences(before(counts, lasts))));
    }

    /** What each counter was before it was raised. */
    private static Map<Counter, Long> before(SortedMap<Counter, Long> counts, Long[] lasts) {
        var before = new HashMap<Counter, Long>();
        counts.forEach((counter, count) -> before.put(counter, lasts[before.size()] - count));
        return before;
    }

    private Mono<Void> write(Numbered numbered) {
        var events = numbered.batch().events();
        return database.sql(WRITE)
                .bind("ids", column(events, event -> ids.generate(), UUID[]::new))
                .bind("shards", column(events, event -> Shard.of(event.subject()), Short[]::new))
                .bind("topics", column(events, event -> event.type().topic(), String[]::new))
                .bind("subjects", column(events, NewEvent::subject, String[]::new))
                .bind("sequences", numbered.sequences())
                .bind("types", column(events, event -> event.type().wireName(), String[]::new))
                .bind("tenants", column(events, NewEvent::tenant, String[]::new))
                .bind("time", micros(clock.instant()))
                .bind("expires", column(events, R2dbcOutbox::expires, Instant[]::new))
                .bind(
                        "traceparent",
                        Parameters.in(R2dbcType.VARCHAR, numbered.batch().traceparent()))
                .bind("payloads", numbered.batch().payloads())
                .then();
    }

    /** Empty when there is no value at all: {@code unnest} fills up with nulls what is shorter than the others. */
    private static <T> T[] column(
            List<NewEvent<?>> events, Function<NewEvent<?>, @Nullable T> value, IntFunction<T[]> array) {
        var values = events.stream().map(value).toArray(array);
        return Arrays.stream(values).allMatch(Objects::isNull) ? array.apply(0) : values;
    }

    private static @Nullable Instant expires(NewEvent<?> event) {
        return event.expires() == null ? null : micros(event.expires());
    }

    /** As exact as a column is. */
    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
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

    /**
     * What is appended at once.
     *
     * @param payloads the data of each event, as JSON
     */
    private record Batch(
            List<NewEvent<?>> events,
            String payloads,
            @Nullable String traceparent) {

        /** How many events each counter will count, in the order in which counters are locked. */
        SortedMap<Counter, Long> counts() {
            var counts = new TreeMap<Counter, Long>();
            events.forEach(event -> counts.merge(Counter.of(event), 1L, Long::sum));
            return counts;
        }

        /** The sequence of each event, counted on from {@code before}. */
        Long[] sequences(Map<Counter, Long> before) {
            var last = new HashMap<>(before);
            return events.stream()
                    .map(event -> last.merge(Counter.of(event), 1L, Long::sum))
                    .toArray(Long[]::new);
        }
    }

    /** A batch and the sequence of each of its events. */
    private record Numbered(Batch batch, Long[] sequences) {}
}
