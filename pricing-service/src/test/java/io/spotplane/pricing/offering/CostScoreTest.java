package io.spotplane.pricing.offering;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CostScoreTest {

    private static final OfferingQuery ANY = new OfferingFilters(
                    null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)
            .query(Sort.PRICE);

    private final Storefront storefront = new Storefront(Clock.systemUTC(), new SimpleMeterRegistry());

    @Test
    void dividesThePriceByWhatTheMachineHasWeighted() {
        // Given
        var machine = offering("aws", "m").size(2, 4 * 1024).at("0.005");
        // When
        var score = weights("1.0", "2", "4.0").of(machine);
        // Then
        assertThat(score).extracting(CostScore.Fraction::rounded).isEqualTo(new BigDecimal("0.000500"));
    }

    @Test
    void countsGpusAndPartsOfAGibibyte() {
        // Given
        var machine = offering("aws", "g").size(4, 1536).gpu("L4", 2).at("0.60");
        // When
        var score = weights("1.0", "0.5", "4.0").of(machine);
        // Then
        assertThat(score).extracting(CostScore.Fraction::rounded).isEqualTo(new BigDecimal("0.047059"));
    }

    @Test
    void hasNoScoreWhereNothingCounts() {
        assertThat(weights("1.0", "0", "0")
                        .of(offering("runpod", "pod").size(0, 0).at("0.30")))
                .isNull();
    }

    @Test
    void comparesExactlyWhatRoundsToTheSame() {
        // Given
        var random = new Random(7);
        for (int trial = 0; trial < 10_000; trial++) {
            var one = new CostScore.Fraction(random.nextLong(1, 1L << 46), random.nextLong(1, 1L << 60));
            var other = new CostScore.Fraction(random.nextLong(1, 1L << 46), random.nextLong(1, 1L << 60));
            // When / Then
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(Integer.signum(exact(one).compareTo(exact(other))));
        }
    }

    @Test
    void ranksBestFirstAndCountsWhatItLeavesOut() {
        // Given
        sells(
                offering("aws", "dear").size(2, 4096).at("0.05"),
                offering("aws", "good").size(8, 32_768).at("0.05"),
                offering("aws", "silent").size(0, 0).at("0.01"));
        // When
        var ranking = rank(null, 10);
        // Then
        assertThat(ranking.items())
                .extracting(item -> item.found().offering().instanceType())
                .containsExactly("good", "dear");
        assertThat(ranking.leftOut()).isEqualTo(1);
        assertThat(ranking.more()).isNull();
    }

    @Test
    void givesEveryOfferingOnceOverAllPages() {
        // Given
        var random = new Random(3);
        var offerings = new Offering[500];
        for (int at = 0; at < offerings.length; at++) {
            offerings[at] =
                    offering("aws", "t" + at).size(1 + random.nextInt(4), 1024).at("0.0" + (1 + random.nextInt(3)));
        }
        sells(offerings);
        // When
        var seen = new ArrayList<ScoredPosition>();
        ScoredPosition after = null;
        do {
            var page = rank(after, 7);
            page.items().forEach(item -> seen.add(item.position()));
            after = page.more() == null ? null : ScoredPosition.in(page.more().asToken("question"), "question");
        } while (after != null);
        // Then
        assertThat(seen).isSorted().hasSize(500);
        assertThat(Set.copyOf(seen)).hasSize(500);
    }

    private Ranking rank(@Nullable ScoredPosition after, int limit) {
        return storefront.rank(ANY, weights("1.0", "0.5", "4.0"), after, limit);
    }

    private void sells(Offering... offerings) {
        storefront.install(
                Shelf.of("aws", 1, byId(offerings)), MarketReport.neverCollected("aws", Duration.ofMinutes(5)));
    }

    private static CostScore weights(String... weights) {
        var numbers = List.of(weights).stream().map(BigDecimal::new).toList();
        return CostScore.of(numbers.get(0), numbers.get(1), numbers.get(2));
    }

    private static BigDecimal exact(CostScore.Fraction score) {
        return BigDecimal.valueOf(score.above()).divide(BigDecimal.valueOf(score.below()), new MathContext(60));
    }
}
