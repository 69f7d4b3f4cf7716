package io.spotplane.pricing.history;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.LeaseAttempt;
import io.spotplane.pricing.book.RealBook;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.testing.RememberedOutbox;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

@Infrastructure(POSTGRES)
class PriceHistoryIT {

    private static final Instant FIRST =
            Instant.now().minusSeconds(60).truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    private static final Offering G6 = offering("aws", "g6").gpu("L4", 1).at("0.30");

    private PriceHistory history;

    @BeforeEach
    void open(PostgresServer postgres) {
        var real = new RealBook(postgres);
        history = new PriceHistory(real.database());
        recordOnce(real, "0.30", "0.31", "0.32", "0.33", "0.34");
    }

    @Test
    void pagesThroughAllChangesNewestFirst() {
        // Given
        var window = Window.of(G6.id(), null, null);
        var prices = new ArrayList<String>();
        String token = null;
        // When
        do {
            var rest = window.after(token);
            var page = HistoryPage.of(
                    window,
                    history.changes(key(), rest.from(), rest.before(), 3).block(),
                    2);
            page.items().forEach(item -> prices.add(item.price().amount().toPlainString()));
            token = page.nextPageToken();
        } while (token != null);
        // Then
        assertThat(prices).containsExactly("0.340000", "0.330000", "0.320000", "0.310000", "0.300000");
    }

    @Test
    void includesTheBeginningOfTheWindowAndExcludesItsEnd() {
        // When
        var changes = history.changes(key(), FIRST.plusSeconds(1), FIRST.plusSeconds(3), 10)
                .block();
        // Then
        assertThat(changes)
                .extracting(change -> change.price().amount().toPlainString())
                .containsExactly("0.320000", "0.310000");
    }

    @Test
    void knowsNoKeyOfWhatWasNeverForSale() {
        assertThat(history.key("aws:nowhere").blockOptional()).isEmpty();
    }

    private long key() {
        return history.key(G6.id()).block();
    }

    private static void recordOnce(RealBook real, String... prices) {
        if (!real.book(new RememberedOutbox()).versions().block().isEmpty()) {
            return;
        }
        if (!(real.leases(_ -> Mono.empty())
                        .take("aws", "me", Duration.ofSeconds(30), Duration.ofMinutes(1))
                        .block()
                instanceof LeaseAttempt.Taken(var lease))) {
            throw new AssertionError("the market is held");
        }
        for (int at = 0; at < prices.length; at++) {
            var change = new Change.Listed(offering("aws", "g6").gpu("L4", 1).at(prices[at]));
            real.book(new RememberedOutbox())
                    .record(lease, List.of(change), FIRST.plusSeconds(at))
                    .block();
        }
    }
}
