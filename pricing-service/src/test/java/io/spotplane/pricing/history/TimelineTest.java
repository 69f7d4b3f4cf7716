package io.spotplane.pricing.history;

import static io.spotplane.pricing.history.Pasts.MIDNIGHT;
import static io.spotplane.pricing.history.Pasts.past;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

    @Test
    void aPriceHoldsFromItsChangeToTheNext() {
        // Given
        var past = past("0.30").after(ofHours(2), "0.35").gone(ofHours(1));
        // When
        var timeline = past.between(MIDNIGHT.plus(ofHours(1)), MIDNIGHT.plus(ofHours(4)));
        // Then
        assertThat(timeline.stretches())
                .containsExactly(
                        new Stretch.Sold(at(1), at(2), new BigDecimal("0.30")),
                        new Stretch.Sold(at(2), at(3), new BigDecimal("0.35")),
                        new Stretch.Absent(at(3), at(4)));
        assertThat(timeline.changes()).isEqualTo(2);
    }

    @Test
    void nothingIsKnownBeforeTheFirstChange() {
        // Given
        var past = Pasts.unknown().after(ofHours(2), "0.30");
        // When
        var timeline = past.during(ofHours(3));
        // Then
        assertThat(timeline.stretches())
                .containsExactly(
                        new Stretch.Unseen(at(0), at(2)), new Stretch.Sold(at(2), at(3), new BigDecimal("0.30")));
    }

    @Test
    void aMarketThatWasNotSeenIsNotAPriceThatStayed() {
        // Given
        var past = past("0.30")
                .unseen(at(1), ofHours(1))
                .unseen(at(5).plus(ofMinutes(30)), ofHours(9))
                .after(ofHours(4), "0.31");
        // When
        var timeline = past.during(ofHours(6));
        // Then
        assertThat(timeline.stretches())
                .containsExactly(
                        new Stretch.Sold(at(0), at(1), new BigDecimal("0.30")),
                        new Stretch.Unseen(at(1), at(2)),
                        new Stretch.Sold(at(2), at(4), new BigDecimal("0.30")),
                        new Stretch.Sold(at(4), at(5).plus(ofMinutes(30)), new BigDecimal("0.31")),
                        new Stretch.Unseen(at(5).plus(ofMinutes(30)), at(6)));
    }

    @Test
    void aCondensedDayStandsForItsChangesAndHandsItsCloseOn() {
        // Given
        var day = new CondensedDay(
                LocalDate.parse("2026-03-02"),
                7,
                new BigDecimal("0.40"),
                List.of(new CondensedDay.Level(new BigDecimal("0.40"), CondensedDay.MICROS)),
                0,
                0);
        // When
        var timeline = past("0.30").day(day).between(at(20), at(50));
        // Then
        assertThat(timeline.stretches())
                .containsExactly(
                        new Stretch.Sold(at(20), at(24), new BigDecimal("0.30")),
                        new Stretch.Condensed(at(24), at(48), day),
                        new Stretch.Sold(at(48), at(50), new BigDecimal("0.40")));
        assertThat(timeline.changes()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void stretchesFollowEachOtherWithoutHoles(long seed) {
        // Given
        var past = Pasts.random(seed, 300);
        var from = MIDNIGHT.plusSeconds(seed * 7_000);
        // When
        var stretches = past.between(from, past.end().plus(ofHours(3))).stretches();
        // Then
        var reached = from;
        for (var stretch : stretches) {
            assertThat(stretch.since()).isEqualTo(reached);
            assertThat(stretch.until()).isAfter(stretch.since());
            reached = stretch.until();
        }
        assertThat(reached).isEqualTo(past.end().plus(ofHours(3)));
    }

    private static Instant at(int hours) {
        return MIDNIGHT.plus(ofHours(hours));
    }
}
