package io.spotplane.pricing.risk.observed;

import static io.spotplane.pricing.risk.observed.Events.NOON;
import static io.spotplane.pricing.risk.observed.Events.POOL;
import static io.spotplane.pricing.risk.observed.Events.turned;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.pricing.risk.hazard.AgeBand;
import io.spotplane.pricing.risk.hazard.Spell;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ObservedLifeTest {

    private static final Instant LATER = NOON.plus(Duration.ofHours(5));

    @Test
    void endsAsAReclaimWithTheNotice() {
        // When
        var life = running().interrupted(LATER);
        // Then
        assertThat(life.finished()).contains(new Spell(POOL, NOON, LATER, true));
    }

    @Test
    void endsOnceHoweverManyEventsTellOfIt() {
        // Given
        var ended = running().after(turned(InstancePhase.DRAINING, "INTERRUPTED", LATER));
        // When
        var told = ended.interrupted(LATER.plusSeconds(1))
                .after(turned(InstancePhase.TERMINATING, "INTERRUPTED", LATER.plusSeconds(60)))
                .after(turned(InstancePhase.LOST, "RECLAIMED", LATER.plusSeconds(120)));
        // Then
        assertThat(told.finished()).isEqualTo(ended.finished()).contains(new Spell(POOL, NOON, LATER, true));
        assertThat(told.addedUp().finished()).isEmpty();
    }

    @Test
    void isCutShortWhenItsOwnerGivesItBack() {
        // When
        var life = running().after(turned(InstancePhase.DRAINING, "REQUEST_DELETED", LATER));
        // Then
        assertThat(life.finished()).contains(new Spell(POOL, NOON, LATER, false));
    }

    @Test
    void waitsForTheEventThatSaysWhereItIs() {
        // Given
        var early = ObservedLife.unknown("i-1").interrupted(LATER);
        // When
        var known = early.after(turned(InstancePhase.BOOTING, null, NOON));
        // Then
        assertThat(early.finished()).isEmpty();
        assertThat(known.finished()).contains(new Spell(POOL, NOON, LATER, true));
    }

    @Test
    void doesNotCountWhatNeverRanOrCannotBeTakenBack() {
        // Given
        var refused = ObservedLife.unknown("i-1").after(turned(InstancePhase.FAILED, "NO_CAPACITY", LATER));
        var onDemand = ObservedLife.unknown("i-2")
                .after(turned(CapacityType.ON_DEMAND, InstancePhase.BOOTING, null, NOON))
                .after(turned(CapacityType.ON_DEMAND, InstancePhase.LOST, "VANISHED", LATER));
        // When / Then
        assertThat(refused.finished()).isEmpty();
        assertThat(onDemand.finished()).isEmpty();
    }

    @Test
    void isSplitByTheDaysItWentThrough() {
        // Given
        var life = new Spell(POOL, NOON, NOON.plus(Duration.ofHours(30)), true);
        // When
        var days = Observation.whole(life).byDay();
        // Then
        assertThat(days).hasSize(2);
        var first = days.get(LocalDate.parse("2026-11-20"));
        var second = days.get(LocalDate.parse("2026-11-21"));
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(first.hours()).isEqualTo(12);
        assertThat(first.ends()).isZero();
        assertThat(second.hours(AgeBand.OLDER)).isEqualTo(6);
        assertThat(second.ends(AgeBand.OLDER)).isEqualTo(1);
    }

    @Test
    void seesAnOutageFromRefusalToReturn() {
        // Given
        var first = ObservedOutage.first(NOON);
        // When
        var second = first.refusedAgain(NOON.plus(Duration.ofMinutes(20)));
        var out = first.stillOut(second).byDay().values().iterator().next();
        var back = second.backAt(NOON.plus(Duration.ofMinutes(40)))
                .byDay()
                .values()
                .iterator()
                .next();
        // Then
        assertThat(out.hours() * 60).isEqualTo(20);
        assertThat(out.ends()).isZero();
        assertThat(back.hours() * 60).isCloseTo(10, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(back.ends(AgeBand.UNDER_30_MINUTES)).isEqualTo(1);
        assertThat(second.reaches(NOON.plus(Duration.ofDays(1)))).isFalse();
    }

    private static ObservedLife running() {
        return ObservedLife.unknown("i-1").after(turned(InstancePhase.BOOTING, null, NOON));
    }
}
