package io.spotplane.pricing.history;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Repository
class R2dbcTimelines implements Timelines {

    private static final String OFFERING = """
            SELECT key, provider, currency FROM offering WHERE id = :id""";

    /**
     * One statement, hence one snapshot: a day is seen either change by change or condensed, however it is being condensed. Columns are read by their
     * place, for there may be tens of thousands of rows.
     */
    private static final String KNOWN = """
            WITH change AS NOT MATERIALIZED (
                SELECT received_at, CASE WHEN for_sale THEN billed_price END AS amount, NULL::date AS day, NULL::integer AS changes,
                       NULL::numeric[] AS levels, NULL::bigint[] AS held, NULL::bigint AS absent, NULL::bigint AS unseen
                  FROM price_history
                 WHERE offering_key = :key AND received_at < :to AND currency = :currency
            ), condensed AS NOT MATERIALIZED (
                SELECT received_at, CASE WHEN for_sale THEN billed_price END AS amount, day, changes, levels, held, absent, unseen
                  FROM price_day
                 WHERE offering_key = :key AND day <= (:to AT TIME ZONE 'UTC')::date AND currency = :currency
            )
            (SELECT * FROM (
                (SELECT * FROM change WHERE received_at < :from ORDER BY received_at DESC LIMIT 1)
                UNION ALL
                (SELECT * FROM condensed WHERE day < (:from AT TIME ZONE 'UTC')::date ORDER BY day DESC LIMIT 1)) AS before
              ORDER BY received_at DESC LIMIT 1)
            UNION ALL
            (SELECT * FROM change WHERE received_at >= :from)
            UNION ALL
            (SELECT * FROM condensed WHERE day >= (:from AT TIME ZONE 'UTC')::date)
            ORDER BY received_at LIMIT :most""";

    private static final String GAPS = """
            SELECT since, until FROM market_unseen WHERE provider = :provider AND since < :to AND until > :from
            UNION ALL
            SELECT (report ->> 'asOf')::timestamptz, :to FROM market
             WHERE provider = :provider AND (report ->> 'asOf')::timestamptz + (report ->> 'staleAfter')::interval < :to
            ORDER BY since""";

    private final DatabaseClient database;

    R2dbcTimelines(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Timeline> of(String offeringId, Span span) {
        return database.sql(OFFERING)
                .bind("id", offeringId)
                .map(Subject::of)
                .one()
                .flatMap(subject -> timeline(subject, span));
    }

    private Mono<Timeline> timeline(Subject subject, Span span) {
        return Mono.zip(known(subject, span), gaps(subject, span))
                .publishOn(Schedulers.parallel())
                .map(found -> Timeline.of(span, subject.currency(), found.getT1(), found.getT2()));
    }

    private Mono<List<Known>> known(Subject subject, Span span) {
        return database.sql(KNOWN)
                .bind("key", subject.key())
                .bind("currency", subject.currency())
                .bind("from", span.from())
                .bind("to", span.to())
                .bind("most", MOST + 1)
                .map(R2dbcTimelines::known)
                .all()
                .collectList()
                .doOnNext(R2dbcTimelines::refuseTooMuch);
    }

    private static void refuseTooMuch(List<Known> known) {
        if (known.size() > MOST) {
            throw ProblemException.invalid(List.of(new Problem.FieldError(
                    "query:from",
                    "TOO_MUCH",
                    "more than " + MOST + " changes lie in the window, expected a shorter one")));
        }
    }

    private static Known known(Readable row) {
        var amount = row.get(1, BigDecimal.class);
        var day = row.get(2, LocalDate.class);
        return day == null
                ? new Known.Change(Objects.requireNonNull(row.get(0, Instant.class)), amount)
                : new Known.Day(condensed(day, amount, row));
    }

    private static CondensedDay condensed(LocalDate day, @Nullable BigDecimal closed, Readable row) {
        return new CondensedDay(
                day,
                value(row, "changes", Integer.class),
                closed,
                levels(row),
                value(row, "absent", Long.class),
                value(row, "unseen", Long.class));
    }

    private static List<CondensedDay.Level> levels(Readable row) {
        var amounts = value(row, "levels", BigDecimal[].class);
        var held = value(row, "held", Long[].class);
        return IntStream.range(0, amounts.length)
                .mapToObj(at -> new CondensedDay.Level(amounts[at], held[at]))
                .toList();
    }

    private Mono<List<Known.Gap>> gaps(Subject subject, Span span) {
        return database.sql(GAPS)
                .bind("provider", subject.provider())
                .bind("from", span.from())
                .bind("to", span.to())
                .map(row -> new Known.Gap(value(row, "since", Instant.class), value(row, "until", Instant.class)))
                .all()
                .collectList();
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    /** An offering as it is filed. */
    private record Subject(long key, String provider, String currency) {
        static Subject of(Readable row) {
            return new Subject(
                    value(row, "key", Long.class),
                    value(row, "provider", String.class),
                    value(row, "currency", String.class));
        }
    }
}
