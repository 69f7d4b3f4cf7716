package io.spotplane.pricing.history;

import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.pricing.book.RealBook;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

@Infrastructure(POSTGRES)
class KeepPartitionsIT {

    private static final HistorySettings KEEP_A_MONTH =
            new HistorySettings(Duration.ofDays(31), Duration.ofDays(31), 2, Duration.ofHours(6));

    @Test
    void makesMonthsAheadAndDropsMonthsThatAreOlderThanKept(PostgresServer postgres) {
        // Given
        var database = new RealBook(postgres).database();
        keepAt(database, "2031-01-31T23:59:59Z");
        // When
        keepAt(database, "2031-04-15T00:00:00Z");
        keepAt(database, "2031-04-15T00:00:00Z");
        // Then
        assertThat(partitions(database))
                .containsExactly(
                        "price_history_2031_03",
                        "price_history_2031_04",
                        "price_history_2031_05",
                        "price_history_2031_06");
    }

    private static void keepAt(DatabaseClient database, String now) {
        new KeepPartitions(
                        database,
                        KEEP_A_MONTH,
                        new SimpleMeterRegistry(),
                        Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
                .keep()
                .block();
    }

    private static List<String> partitions(DatabaseClient database) {
        return database.sql("""
                        SELECT inhrelid::regclass::text FROM pg_inherits
                         WHERE inhparent = 'price_history'::regclass ORDER BY 1""").mapValue(String.class).all().collectList().block();
    }
}
