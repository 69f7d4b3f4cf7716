package io.spotplane.pricing.book;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.Debounce.Decision;
import io.spotplane.pricing.offering.Change;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DebounceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Debounce SIX_HOURS = new Debounce(Duration.ofHours(6));
    private static final Offering CHEAP = offering("azure", "d4").at("0.10");
    private static final Offering DEAR = offering("azure", "d4").at("0.20");
    private static final Offering DEARER = offering("azure", "d4").at("0.30");

    @Test
    void tellsOfWhatNobodyWasToldOfYet() {
        assertThat(SIX_HOURS.decide(new Change.Listed(CHEAP), null, NOON))
                .isEqualTo(new Decision.Tell(new Change.Listed(CHEAP)));
    }

    @Test
    void tellsAtOnceOfTheFirstChangeAfterAQuietWindow() {
        // Given
        var told = new Told(CHEAP, NOON.minus(Duration.ofHours(6)));
        // When
        var decision = SIX_HOURS.decide(new Change.Altered(DEAR, CHEAP), told, NOON);
        // Then
        assertThat(decision).isEqualTo(new Decision.Tell(new Change.Altered(DEAR, CHEAP)));
    }

    @Test
    void holdsAChangeThatComesTooSoonUntilTheWindowEnds() {
        // Given
        var told = new Told(CHEAP, NOON.minus(Duration.ofHours(2)));
        // When
        var decision = SIX_HOURS.decide(new Change.Altered(DEAR, CHEAP), told, NOON);
        // Then
        assertThat(decision).isEqualTo(new Decision.Hold(told, NOON.plus(Duration.ofHours(4))));
    }

    @Test
    void tellsNobodyOfAPriceThatChangedBack() {
        // Given
        var told = new Told(CHEAP, NOON.minus(Duration.ofHours(2)));
        // When
        var decision = SIX_HOURS.decide(new Change.Altered(CHEAP, DEAR), told, NOON);
        // Then
        assertThat(decision).isEqualTo(new Decision.Settled());
    }

    @Test
    void tellsTheWayFromWhatOthersKnowAndNotFromWhatWasSeenInBetween() {
        // Given
        var told = new Told(CHEAP, NOON.minus(Duration.ofHours(7)));
        // When
        var decision = SIX_HOURS.decide(new Change.Altered(DEARER, DEAR), told, NOON);
        // Then
        assertThat(decision).isEqualTo(new Decision.Tell(new Change.Altered(DEARER, CHEAP)));
    }

    @Test
    void tellsNobodyOfAnOfferingThatVanishedAndCameBack() {
        // Given
        var told = new Told(CHEAP, NOON.minus(Duration.ofHours(1)));
        // When
        var vanished = SIX_HOURS.decide(new Change.Withdrawn(CHEAP, NOON), told, NOON);
        var back = SIX_HOURS.decide(new Change.Listed(CHEAP), told, NOON.plusSeconds(60));
        // Then
        assertThat(vanished).isInstanceOf(Decision.Hold.class);
        assertThat(back).isEqualTo(new Decision.Settled());
    }

    @Test
    void tellsEverythingAtOnceWithoutAWindow() {
        // Given
        var told = new Told(CHEAP, NOON);
        // When / Then
        assertThat(Debounce.NONE.decide(new Change.Altered(DEAR, CHEAP), told, NOON))
                .isInstanceOf(Decision.Tell.class);
    }

    @Test
    void refusesAWindowThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Debounce(Duration.ofSeconds(-1)))
                .hasMessage("window is PT-1S, expected at least 0s");
    }
}
