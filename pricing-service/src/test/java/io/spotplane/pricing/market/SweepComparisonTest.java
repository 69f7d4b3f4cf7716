package io.spotplane.pricing.market;

import static io.spotplane.pricing.testing.OfferingBuilder.OBSERVED;
import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepComparisonTest {

    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Offering BEFORE = offering("aws", "g6").gpu("L4", 1).at("0.30");

    @Test
    void listsWhatIsNew() {
        assertThat(changes(Map.of(), byId(BEFORE))).containsExactly(new Change.Listed(BEFORE));
    }

    @Test
    void altersWhatHasAnotherPrice() {
        // Given
        var dearer = offering("aws", "g6").gpu("L4", 1).at("0.300001");
        // When / Then
        assertThat(changes(byId(BEFORE), byId(dearer))).containsExactly(new Change.Altered(dearer, BEFORE));
    }

    @Test
    void altersWhatHasAnotherAvailability() {
        // Given
        var scarce =
                offering("aws", "g6").gpu("L4", 1).available(Availability.LOW).at("0.30");
        // When / Then
        assertThat(changes(byId(BEFORE), byId(scarce))).containsExactly(new Change.Altered(scarce, BEFORE));
    }

    @Test
    void withdrawsWhatIsNoLongerSeen() {
        assertThat(changes(byId(BEFORE), Map.of())).containsExactly(new Change.Withdrawn(BEFORE, AT));
    }

    @Test
    void keepsTheRowAndTheTimeOfAPriceThatIsOnlyStampedAnew() {
        // Given
        var stamped = offering("aws", "g6")
                .gpu("L4", 1)
                .observed(OBSERVED.plusSeconds(60))
                .at("0.300000");
        // When
        var comparison = SweepComparison.between(byId(BEFORE), byId(stamped), AT);
        // Then
        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.offerings()).containsEntry(BEFORE.id(), BEFORE);
    }

    @Test
    void hasAtMostOneChangeForEachOffering() {
        // Given
        var other = offering("aws", "m7").at("0.10");
        var dearer =
                offering("aws", "g6").gpu("L4", 1).available(Availability.LOW).at("0.40");
        // When
        var changes = changes(byId(BEFORE), byId(dearer, other));
        // Then
        assertThat(changes).extracting(change -> change.offering().id()).containsExactly(dearer.id(), other.id());
    }

    private static List<Change> changes(Map<String, Offering> before, Map<String, Offering> seen) {
        return SweepComparison.between(before, seen, AT).changes();
    }
}
