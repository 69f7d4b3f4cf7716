package io.spotplane.inventory.host;

import static io.spotplane.inventory.fake.KnownSources.aggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.inventory.fake.KnownSources;
import io.spotplane.inventory.fake.Views;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.Pool;
import io.spotplane.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPageTest {

    private static final HostFilter ALL = new HostFilter(null, null, null, null, null, null);

    private final InventoryView view = Views.of(new KnownSources()
            .hosts("a", "b", "c", "d", "e")
            .aggregates(aggregate("1", "H100-n3-spot", "a", "b", "c"), aggregate("2", "L4-n3", "d")));

    @Test
    void pagesGoThroughEveryHostOnce() {
        // When
        var seen = new ArrayList<String>();
        String token = null;
        do {
            var page = HostPage.of(view, ALL, 2, token);
            page.items().forEach(item -> seen.add(item.host().name()));
            token = page.nextPageToken();
        } while (token != null);
        // Then
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aPageThatEndsWithTheListHasNoNext() {
        assertThat(HostPage.of(view, ALL, 5, null).nextPageToken()).isNull();
    }

    @Test
    void filtersByFamilyAggregateAndPool() {
        assertThat(names(new HostFilter("H100", null, null, null, null, null))).containsExactly("a", "b", "c");
        assertThat(names(new HostFilter(null, "L4-n3", null, null, null, null))).containsExactly("d");
        assertThat(names(new HostFilter(null, "ca1:1", null, null, null, null))).containsExactly("a", "b", "c");
        assertThat(names(new HostFilter(null, null, null, null, null, Pool.OUT_OF_STOCK)))
                .containsExactly("e");
        assertThat(names(new HostFilter(null, null, null, HostFilter.State.down, null, null)))
                .isEmpty();
        assertThat(names(new HostFilter(null, null, null, null, "de1", null))).isEmpty();
    }

    @Test
    void namesEverySourceWithItsAge() {
        assertThat(HostPage.of(view, ALL, null, null).sources())
                .extracting(source -> source.source())
                .containsExactly("ca1.aggregates", "ca1.hypervisors", "ca1.servers", "ca1.gpu-use", "netbox.devices");
    }

    @Test
    void refusesATokenThatIsNoneOfOurs() {
        assertThatThrownBy(() -> HostPage.of(view, ALL, null, "!!"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("query:pageToken");
    }

    private List<String> names(HostFilter wanted) {
        return HostPage.of(view, wanted, null, null).items().stream()
                .map(item -> item.host().name())
                .toList();
    }
}
