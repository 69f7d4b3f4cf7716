package io.spotplane.pricing.market;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.Debounce;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.testing.MovableClock;
import io.spotplane.pricing.testing.RememberedBook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellHeldChangesTest {

    private static final Debounce SIX_HOURS = new Debounce(Duration.ofHours(6));
    private static final Offering CHEAP = offering("azure", "d4").at("0.10");
    private static final Offering DEAR = offering("azure", "d4").at("0.20");

    private final RememberedBook book = new RememberedBook();
    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TellHeldChanges telling = new TellHeldChanges(book, meters, clock);

    @Test
    void tellsOfAMarketThatNobodyCollectsAnyMore() {
        // Given
        hold();
        clock.forward(Duration.ofHours(6));
        // When
        telling.step().block();
        telling.step().block();
        // Then
        assertThat(book.news("azure")).containsExactly(new Change.Listed(CHEAP), new Change.Altered(DEAR, CHEAP));
        assertThat(meters.get("spotplane.price.debounced")
                        .tag("outcome", "told")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void tellsNobodyBeforeTheWindowEnds() {
        // Given
        hold();
        clock.forward(Duration.ofHours(5));
        // When
        telling.step().block();
        // Then
        assertThat(book.news("azure")).containsExactly(new Change.Listed(CHEAP));
    }

    @Test
    void triesAgainWhenTheDatabaseIsBack() {
        // Given
        hold();
        clock.forward(Duration.ofHours(6));
        book.breaks(new IllegalStateException("database is away"));
        telling.step().block();
        book.works();
        // When
        telling.step().block();
        // Then
        assertThat(book.news("azure")).hasSize(2);
    }

    @Test
    void measuresForHowLongItCouldNotTell() {
        // Given
        hold();
        telling.step().block();
        clock.forward(Duration.ofHours(6));
        book.breaks(new IllegalStateException("database is away"));
        // When
        telling.step().block();
        // Then
        assertThat(lagSeconds()).isGreaterThanOrEqualTo(Duration.ofHours(6).toSeconds());
        book.works();
        telling.step().block();
        assertThat(lagSeconds()).isLessThan(60);
    }

    private double lagSeconds() {
        return meters.get("spotplane.price.held.lag").gauge().value();
    }

    private void hold() {
        var lease = book.lease("azure");
        book.record(lease, List.of(new Change.Listed(CHEAP)), SIX_HOURS, clock.instant())
                .block();
        book.record(lease, List.of(new Change.Altered(DEAR, CHEAP)), SIX_HOURS, clock.instant())
                .block();
    }
}
