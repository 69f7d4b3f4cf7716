package io.spotplane.inventory.announce;

import static io.spotplane.inventory.fake.KnownSources.SEEN;
import static io.spotplane.inventory.fake.KnownSources.aggregate;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.event.EventType;
import io.spotplane.inventory.announce.Fact.Thing;
import io.spotplane.inventory.fake.KnownSources;
import io.spotplane.inventory.fake.Views;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.snapshot.GpuUse;
import io.spotplane.inventory.snapshot.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private final Map<Thing, String> announced = new HashMap<>();

    @Test
    void everythingIsNewTheFirstTime() {
        // When
        var facts = Changes.between(announced, view(known("a", "b")));
        // Then
        assertThat(types(facts))
                .containsExactly(EventType.AGGREGATE_OBSERVED, EventType.HOST_OBSERVED, EventType.HOST_OBSERVED);
    }

    @Test
    void theSameSeenLaterIsNoChange() {
        // Given
        announce(view(known("a", "b")));
        // When
        var facts = Changes.between(
                announced, view(known("a", "b").at(SEEN.plusSeconds(60)).hosts("a", "b")));
        // Then
        assertThat(facts).isEmpty();
    }

    @Test
    void oneChangedHostIsOneFact() {
        // Given
        announce(view(known("a", "b").use(new GpuUse("a", SEEN, 1, "H100", 1))));
        // When
        var facts = Changes.between(announced, view(known("a", "b").use(new GpuUse("a", SEEN, 2, "H100", 3))));
        // Then
        assertThat(facts).extracting(fact -> fact.event().subject()).containsExactly("ca1:a");
    }

    @Test
    void aHostThatABelievedListLacksHasVanished() {
        // Given
        announce(view(known("a", "b")));
        // When
        var facts = Changes.between(announced, view(known("a", "b").hosts("a")));
        // Then
        assertThat(types(facts)).containsExactly(EventType.HOST_VANISHED);
        assertThat(facts.getFirst().event().subject()).isEqualTo("ca1:b");
    }

    @Test
    void nothingVanishesWithoutASnapshotToGoBy() {
        // Given
        announce(view(known("a", "b")));
        // When
        var facts = Changes.between(
                announced,
                view(known("a", "b").forgotten(Source.hypervisorsOf("ca1")).forgotten(Source.aggregatesOf("ca1"))));
        // Then
        assertThat(facts).isEmpty();
    }

    @Test
    void nothingOfACloudThatIsNoLongerConfiguredVanishes() {
        // Given
        announced.put(new Thing(Fact.Kind.HOST, "de1", "de1:x"), "whatever");
        announce(view(known("a")));
        // When
        var facts = Changes.between(announced, view(known("a")));
        // Then
        assertThat(facts).isEmpty();
    }

    private static KnownSources known(String... hosts) {
        return new KnownSources().hosts(hosts).aggregates(aggregate("1", "H100-n3", hosts));
    }

    private static InventoryView view(KnownSources sources) {
        return Views.of(sources);
    }

    private void announce(InventoryView view) {
        Changes.between(announced, view).forEach(fact -> announced.put(fact.thing(), fact.fingerprint()));
    }

    private static List<EventType> types(List<Fact> facts) {
        return facts.stream().map(fact -> fact.event().type()).toList();
    }
}
