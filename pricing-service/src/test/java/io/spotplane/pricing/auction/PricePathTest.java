package io.spotplane.pricing.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.pricing.auction.PricePath.Point;
import io.spotplane.pricing.auction.PricePath.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PricePathTest {

    private static final Instant END = Instant.ofEpochSecond(100);

    @Test
    void holdsEachPriceUntilTheNext() {
        // When
        var path = PricePath.through(List.of(new Point(0, 5L), new Point(30, 5L), new Point(60, 9L)), END);
        // Then
        assertThat(path.stretches()).containsExactly(new Stretch(0, 60, 5), new Stretch(60, 100, 9));
    }

    @Test
    void knowsNothingAfterAPointWithoutAPrice() {
        // When
        var path = PricePath.through(List.of(new Point(0, 5L), new Point(30, null), new Point(60, 9L)), END);
        // Then
        assertThat(path.stretches()).containsExactly(new Stretch(0, 30, 5), new Stretch(60, 100, 9));
        assertThat(path.known()).isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void leavesOutWhatBeginsAfterTheEnd() {
        // When
        var path = PricePath.through(List.of(new Point(0, 5L), new Point(200, 9L)), END);
        // Then
        assertThat(path.stretches()).containsExactly(new Stretch(0, 100, 5));
    }

    @Test
    void tellsThePriceThatWasNotExceededForAShareOfTheTime() {
        // Given
        var path = new PricePath(List.of(new Stretch(0, 50, 7), new Stretch(50, 80, 3), new Stretch(80, 100, 90)));
        // Then
        assertThat(path.quantile(0.2)).isEqualTo(3);
        assertThat(path.quantile(0.5)).isEqualTo(7);
        assertThat(path.quantile(0.8)).isEqualTo(7);
        assertThat(path.quantile(1)).isEqualTo(90);
    }

    @Test
    void cutsOutATime() {
        // Given
        var path = new PricePath(List.of(new Stretch(0, 50, 7), new Stretch(60, 100, 3)));
        // When
        var cut = path.between(Instant.ofEpochSecond(40), Instant.ofEpochSecond(70));
        // Then
        assertThat(cut.stretches()).containsExactly(new Stretch(40, 50, 7), new Stretch(60, 70, 3));
    }

    @Test
    void refusesStretchesThatOverlap() {
        assertThatThrownBy(() -> new PricePath(List.of(new Stretch(0, 50, 7), new Stretch(40, 60, 3))))
                .hasMessageContaining("overlaps");
    }
}
