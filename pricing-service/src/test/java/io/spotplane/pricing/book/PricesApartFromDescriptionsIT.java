package io.spotplane.pricing.book;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.testing.RememberedOutbox;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the version before wrote down as one document stands in columns and a description after the migration. */
@Infrastructure(POSTGRES)
class PricesApartFromDescriptionsIT {

    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final BidRules RULES = new BidRules(
            new BigDecimal("0.001"),
            3,
            List.of(new BidRules.Step(new BigDecimal("0.001"), new BigDecimal("0.005"))),
            LocalDate.parse("2026-01-01"));

    private final Offering g6 = offering("aws", "g6")
            .gpu("L4", 1)
            .available(Availability.HIGH)
            .confidence(Confidence.HINTED)
            .bids(RULES)
            .billed("0.310000")
            .at("0.30");
    private final Offering cheaper = offering("aws", "g6").gpu("L4", 1).at("0.20");
    private final Offering m7 = offering("aws", "m7").at("0.10");
    private final Offering gone = offering("aws", "gone").at("0.50");

    @Test
    void keepsWhatTheVersionBeforeWroteDown(PostgresServer postgres) throws SQLException {
        // Given
        RealBook.migrate(postgres, 1, 8);
        try (var connection = postgres.dataSource().getConnection()) {
            run(connection, "INSERT INTO market (provider) VALUES ('aws')");
            write(connection, gone, AT, null);
            write(connection, m7, null, null);
            write(connection, g6, null, cheaper);
        }
        // When
        var outbox = new RememberedOutbox();
        RealBook.migrate(postgres, 9, Integer.MAX_VALUE);
        var real = new RealBook(postgres);
        var book = real.book(outbox);
        // Then
        assertThat(book.read("aws").block().offerings()).isEqualTo(byId(g6, m7));
        assertThat(keys(real))
                .containsExactly(
                        "aws:us-east-1:-:g6.x1:spot 3", "aws:us-east-1:-:gone:spot 1", "aws:us-east-1:-:m7:spot 2");
        // When
        real.held(outbox).tell("aws", AT.plusSeconds(1)).block();
        var lease = ((LeaseAttempt.Taken) real.leases(outbox)
                        .take("aws", "me", Duration.ofSeconds(1), Duration.ofSeconds(30))
                        .block())
                .lease();
        book.record(
                        lease,
                        List.of(
                                new Change.Listed(gone),
                                new Change.Listed(offering("aws", "new").at("0.70"))),
                        AT)
                .block();
        // Then
        assertThat(outbox.events).hasSize(3);
        assertThat(keys(real)).hasSize(4).contains("aws:us-east-1:-:gone:spot 1");
        assertThat(book.read("aws").block().offerings().get(gone.id())).isEqualTo(gone);
    }

    private static List<String> keys(RealBook real) {
        return real.database()
                .sql("SELECT id || ' ' || key FROM offering ORDER BY id")
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    /** As the version before did; {@code told} when a change is held, which is due at {@link #AT}. */
    private static void write(
            Connection connection, Offering offering, @Nullable Instant withdrawnAt, @Nullable Offering told)
            throws SQLException {
        var json = new JsonMapper();
        try (var statement = connection.prepareStatement(
                "INSERT INTO offering (id, provider, document, withdrawn_at, told_at, held_until, told)"
                        + " VALUES (?, 'aws', ?::jsonb, ?::timestamptz, '2026-11-21T06:00:00Z', ?::timestamptz, ?::jsonb)")) {
            statement.setString(1, offering.id());
            statement.setString(2, json.writeValueAsString(offering));
            statement.setString(3, withdrawnAt == null ? null : withdrawnAt.toString());
            statement.setString(4, told == null ? null : AT.toString());
            statement.setString(5, told == null ? null : json.writeValueAsString(told));
            statement.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
