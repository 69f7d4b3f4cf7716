package io.spotplane.inventory.gputype;

import static io.spotplane.inventory.fake.KnownSources.SEEN;
import static io.spotplane.inventory.fake.KnownSources.aggregate;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.inventory.fake.KnownSources;
import io.spotplane.inventory.fake.Views;
import io.spotplane.inventory.gputype.GpuTypeSummary.PoolSummary;
import io.spotplane.inventory.merged.Pool;
import io.spotplane.inventory.snapshot.GpuUse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpuTypeSummaryTest {

    @Test
    void countsEveryHostOnceInItsPool() {
        // Given
        var view = Views.of(new KnownSources()
                .hosts("a", "b", "c", "plain")
                .aggregates(aggregate("1", "L40-n3", "a", "b"), aggregate("2", "L40-n3-spot", "b", "c"))
                .use(new GpuUse("a", SEEN, 1, "L40", 4), new GpuUse("b", SEEN, 2, "L40", 8)));
        // When
        var types = GpuTypeSummary.of(view.hosts());
        // Then
        assertThat(types)
                .containsExactly(new GpuTypeSummary(
                        "L40",
                        3,
                        24,
                        12,
                        12,
                        Map.of(Pool.ON_DEMAND, new PoolSummary(1, 8, 4), Pool.SPOT, new PoolSummary(2, 16, 8))));
    }
}
