package io.spotplane.pricing.history;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class R2dbcHistoryDays implements HistoryDays {

    private static final int OFFERINGS = 1_000;

    private static final String ROWS = """
            SELECT coalesce(sum(greatest(c.reltuples, 0)) FILTER (WHERE i.inhparent = 'price_history'::regclass), 0)::bigint AS changes,
                   coalesce(sum(greatest(c.reltuples, 0)) FILTER (WHERE i.inhparent = 'price_day'::regclass), 0)::bigint AS days
              FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent IN ('price_history'::regclass, 'price_day'::regclass)""";

    private final DatabaseClient database;

    R2dbcHistoryDays(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Integer> condense(Instant before) {
        return database.sql("SELECT condense_price_history(:before, :most) AS taken")
                .bind("before", before)
                .bind("most", OFFERINGS)
                .map(row -> Optional.ofNullable(row.get("taken", Integer.class)))
                .one()
                .flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<Duration> lag(Instant before) {
        return database.sql("SELECT oldest_uncondensed_day(:before) AS day")
                .bind("before", before)
                .map(row -> Optional.ofNullable(row.get("day", LocalDate.class)))
                .one()
                .flatMap(Mono::justOrEmpty)
                .map(day -> Duration.between(
                        day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(), before))
                .defaultIfEmpty(Duration.ZERO);
    }

    @Override
    public Mono<Rows> rows() {
        return database.sql(ROWS)
                .map(row -> new Rows(number(row, "changes"), number(row, "days")))
                .one();
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class), column);
    }
}
