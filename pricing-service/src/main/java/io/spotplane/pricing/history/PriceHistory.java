package io.spotplane.pricing.history;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The changes of one offering, from the database: one by one, and of days that were condensed the last. */
@Repository
class PriceHistory {

    private static final String CHANGES = """
            (SELECT received_at, observed_at, price, billed_price, currency, availability, for_sale, source,
                    NULL::integer AS changes, NULL::numeric AS lowest, NULL::numeric AS highest, NULL::numeric AS mean
               FROM price_history
              WHERE offering_key = :key AND received_at >= :from AND received_at < :before
              ORDER BY received_at DESC LIMIT :limit)
            UNION ALL
            (SELECT received_at, observed_at, price, billed_price, currency, availability, for_sale, source,
                    changes, lowest, highest, mean
               FROM price_day
              WHERE offering_key = :key AND received_at >= :from AND received_at < :before
                AND day BETWEEN (:from AT TIME ZONE 'UTC')::date AND (:before AT TIME ZONE 'UTC')::date
              ORDER BY day DESC LIMIT :limit)
            ORDER BY received_at DESC LIMIT :limit""";

    private final DatabaseClient database;

    PriceHistory(DatabaseClient database) {
        this.database = database;
    }

    /** The key under which {@code offeringId} is filed; empty when it was never for sale. */
    Mono<Long> key(String offeringId) {
        return database.sql("SELECT key FROM offering WHERE id = :id")
                .bind("id", offeringId)
                .mapValue(Long.class)
                .one();
    }

    /** At most {@code limit} changes learnt in [{@code from}, {@code before}), newest first. */
    Mono<List<PastPrice>> changes(long key, Instant from, Instant before, int limit) {
        return database.sql(CHANGES)
                .bind("key", key)
                .bind("from", from)
                .bind("before", before)
                .bind("limit", limit)
                .map(PriceHistory::pastPrice)
                .all()
                .collectList();
    }

    private static PastPrice pastPrice(Readable row) {
        var currency = value(row, "currency", String.class);
        return new PastPrice(
                new HourlyPrice(value(row, "price", BigDecimal.class), currency),
                new HourlyPrice(value(row, "billed_price", BigDecimal.class), currency),
                Availability.valueOf(value(row, "availability", String.class)),
                value(row, "for_sale", Boolean.class),
                value(row, "observed_at", Instant.class),
                value(row, "received_at", Instant.class),
                value(row, "source", String.class),
                condensed(row, currency));
    }

    private static PastPrice.@Nullable Condensed condensed(Readable row, String currency) {
        var changes = row.get("changes", Integer.class);
        return changes == null
                ? null
                : new PastPrice.Condensed(
                        changes,
                        priced(row, "lowest", currency),
                        priced(row, "highest", currency),
                        priced(row, "mean", currency));
    }

    private static @Nullable HourlyPrice priced(Readable row, String column, String currency) {
        var amount = row.get(column, BigDecimal.class);
        return amount == null ? null : new HourlyPrice(amount, currency);
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
