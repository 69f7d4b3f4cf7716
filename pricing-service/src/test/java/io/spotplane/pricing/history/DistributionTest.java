package io.spotplane.pricing.history;

import static io.spotplane.pricing.history.Pasts.past;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {

    @Test
    void weighsPricesByTimeAndNotByHowOftenTheyChanged() {
        // Given
        var flapping = past("0.10")
                .after(ofHours(9), "0.90")
                .after(ofMinutes(1), "0.80")
                .after(ofMinutes(1), "0.90")
                .after(ofMinutes(1), "0.80");
        // When
        var seen = Distribution.of(flapping.during(ofHours(10)));
        // Then
        assertThat(seen.percentile(new BigDecimal("50"))).isEqualTo("0.10");
        assertThat(seen.percentile(new BigDecimal("90"))).isEqualTo("0.10");
        assertThat(seen.percentile(new BigDecimal("90.1"))).isEqualTo("0.80");
        assertThat(seen.percentile(BigDecimal.ZERO)).isEqualTo("0.10");
        assertThat(seen.percentile(new BigDecimal("100"))).isEqualTo("0.90");
        assertThat(seen.mean()).isEqualTo("0.170333");
    }

    @Test
    void knowsNoPriceOfWhatWasNeverForSale() {
        // When
        var seen = Distribution.of(Pasts.unknown().gone(ofHours(1)).during(ofHours(4)));
        // Then
        assertThat(seen.percentile(new BigDecimal("50"))).isNull();
        assertThat(seen.mean()).isNull();
        assertThat(seen.soldShare()).isEqualTo("0.000000");
        assertThat(seen.seenShare()).isEqualTo("0.750000");
    }

    @Test
    void doesNotCountTimeInWhichNobodyLooked() {
        // Given
        var past =
                past("0.10").unseen(Pasts.MIDNIGHT.plus(ofHours(1)), ofHours(2)).gone(ofHours(4));
        // When
        var seen = Distribution.of(past.during(ofHours(5)));
        // Then
        assertThat(seen.soldShare()).isEqualTo("0.666667");
        assertThat(seen.seenShare()).isEqualTo("0.600000");
    }

    /** The peer looks at every second of the window, one by one. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void agreesWithLookingAtEverySecond(long seed) {
        // Given
        var past = wholeSeconds(Pasts.random(seed, 60));
        var from = Pasts.MIDNIGHT.plusSeconds(5_000);
        var to = from.plus(Duration.ofDays(3));
        var secondBySecond = new ArrayList<BigDecimal>();
        for (var at = from; at.isBefore(to); at = at.plusSeconds(1)) {
            var price = inForce(past, at);
            if (price != null) {
                secondBySecond.add(price);
            }
        }
        Collections.sort(secondBySecond);
        // When
        var seen = Distribution.of(past.between(from, to));
        // Then
        for (var percent : List.of("0", "1", "20", "33.333", "50", "80", "99.9", "100")) {
            assertThat(seen.percentile(new BigDecimal(percent)))
                    .as("p" + percent)
                    .isEqualByComparingTo(nearestRank(secondBySecond, new BigDecimal(percent)));
        }
    }

    private static @Nullable BigDecimal inForce(Pasts past, Instant at) {
        if (past.gaps().stream().anyMatch(gap -> !at.isBefore(gap.since()) && at.isBefore(gap.until()))) {
            return null;
        }
        return past.known().stream()
                .map(Known.Change.class::cast)
                .filter(change -> !change.at().isAfter(at))
                .reduce((earlier, later) -> later)
                .map(Known.Change::amount)
                .orElse(null);
    }

    private static BigDecimal nearestRank(List<BigDecimal> sorted, BigDecimal percent) {
        var rank = percent.multiply(BigDecimal.valueOf(sorted.size()))
                .divide(BigDecimal.valueOf(100), 0, java.math.RoundingMode.CEILING)
                .intValueExact();
        return sorted.get(Math.max(rank, 1) - 1);
    }

    private static Pasts wholeSeconds(Pasts past) {
        var whole = Pasts.unknown();
        past.known().stream()
                .map(Known.Change.class::cast)
                .forEach(change -> whole.known()
                        .add(new Known.Change(Instant.ofEpochSecond(change.at().getEpochSecond()), change.amount())));
        past.gaps()
                .forEach(gap -> whole.gaps()
                        .add(new Known.Gap(
                                Instant.ofEpochSecond(gap.since().getEpochSecond()),
                                Instant.ofEpochSecond(gap.until().getEpochSecond()))));
        return whole;
    }
}
