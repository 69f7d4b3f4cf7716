package io.spotplane.inventory.merged;

import static io.spotplane.inventory.fake.KnownSources.SEEN;
import static io.spotplane.inventory.fake.KnownSources.aggregate;
import static io.spotplane.inventory.fake.KnownSources.device;
import static io.spotplane.inventory.fake.KnownSources.hypervisor;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.event.HostObserved;
import io.spotplane.inventory.InventorySettings.GpusPerHost;
import io.spotplane.inventory.fake.KnownSources;
import io.spotplane.inventory.snapshot.GpuUse;
import io.spotplane.inventory.snapshot.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {

    private static final Instant NOW = SEEN.plusSeconds(5);

    private final KnownSources sources = new KnownSources();

    @Test
    void aHostIsWhatAllSourcesSayTogether() {
        // Given
        sources.hosts("CA1-H100-017")
                .aggregates(aggregate("7", "H100-n3-spot", "CA1-H100-017"))
                .use(new GpuUse("CA1-H100-017", SEEN, 2, "H100", 5))
                .devices(device("ca1-h100-017", "active", "H100-PCIe"));
        // When
        var host = merged().host("ca1:CA1-H100-017").orElseThrow();
        // Then
        assertThat(host.observed())
                .isEqualTo(new HostObserved(
                        "ca1:CA1-H100-017",
                        "ca1",
                        "CA1-H100-017",
                        "H100-PCIe",
                        8,
                        5,
                        List.of("ca1:7"),
                        "up",
                        "enabled",
                        2,
                        "CA1",
                        "R12",
                        "Investor A",
                        true,
                        SEEN));
        assertThat(host.pool()).isEqualTo(Pool.SPOT);
        assertThat(host.gpuFree()).isEqualTo(3);
    }

    @Test
    void aSourceThatWasNeverSeenLeavesTheRestOfTheHost() {
        // Given
        sources.hosts("a").neverWell(Source.devicesOf("netbox")).neverWell(Source.aggregatesOf("ca1"));
        // When
        var host = merged().host("ca1:a").orElseThrow();
        // Then
        assertThat(host.observed().site()).isNull();
        assertThat(host.observed().servers()).as("as the hypervisor says").isEqualTo(3);
        assertThat(host.pool()).as("nobody knows its aggregates").isEqualTo(Pool.OTHER);
    }

    @Test
    void theModelIsTheCataloguesThenTheFlavorsThenTheAggregates() {
        // Given
        sources.hosts("a", "b", "c", "d")
                .aggregates(aggregate("1", "L40-n3", "a", "b", "c"))
                .use(new GpuUse("a", SEEN, 1, "A40", 1), new GpuUse("b", SEEN, 1, "A40", 1))
                .devices(device("a", "active", "H200-SXM"));
        // When
        var hosts = merged().hosts();
        // Then
        assertThat(hosts)
                .extracting(host -> host.observed().gpuModel())
                .containsExactly("H200-SXM", "A40", "L40", null);
    }

    @ParameterizedTest
    @CsvSource({
        "planned, up,   enabled,  H100-n3-spot, OUT_OF_STOCK, netbox_non_active",
        "active,  up,   enabled,  ,             OUT_OF_STOCK, not_in_openstack",
        "active,  up,   enabled,  tempest,      OUT_OF_STOCK, in_tempest",
        "active,  up,   disabled, H100-n3,      OUT_OF_STOCK, compute_disabled",
        "active,  down, enabled,  H100-n3,      OUT_OF_STOCK, compute_down",
        "active,  up,   enabled,  H100-n3,      ON_DEMAND,",
        "active,  up,   enabled,  H100-n3-spot, SPOT,",
        "active,  up,   enabled,  H100-n3-runpod, RUNPOD,",
        "active,  up,   enabled,  Contract-Acme, CONTRACT,",
        "active,  up,   enabled,  nova,         OTHER,",
    })
    void aHostIsInOnePool(
            String deviceStatus, String state, String status, String aggregate, Pool pool, String outOfStockReason) {
        // Given
        sources.hypervisors(hypervisor("a", state, status))
                .devices(device("a", deviceStatus, "H100-PCIe"))
                .aggregates(aggregate == null ? aggregate("1", "other") : aggregate("1", aggregate, "a"));
        // When
        var host = merged().host("ca1:a").orElseThrow();
        // Then
        assertThat(host.pool()).isEqualTo(pool);
        assertThat(host.outOfStockReason()).isEqualTo(outOfStockReason);
    }

    @Test
    void aHostInSeveralPoolsCountsInTheMostSpecialOne() {
        // Given
        sources.hosts("a").aggregates(aggregate("1", "H100-n3", "a"), aggregate("2", "H100-n3-runpod", "a"));
        // When
        var host = merged().host("ca1:a").orElseThrow();
        // Then
        assertThat(host.pool()).isEqualTo(Pool.RUNPOD);
        assertThat(host.observed().aggregates()).containsExactly("ca1:1", "ca1:2");
    }

    @Test
    void moreGpusInUseThanExpectedAreBelieved() {
        // Given
        sources.hosts("a").use(new GpuUse("a", SEEN, 10, "H100", 10));
        // When
        var host = merged().host("ca1:a").orElseThrow();
        // Then
        assertThat(host.observed().gpuTotal()).isEqualTo(10);
    }

    @Test
    void theViewIsNotSettledBeforeEveryFirstLookHasEnded() {
        sources.hosts("a").aggregates().use();
        assertThat(sources.states().settled()).as("devices not yet").isFalse();
        sources.neverWell(Source.devicesOf("netbox"));
        assertThat(sources.states().settled()).as("devices fail").isTrue();
    }

    @Test
    void theViewIsNotSettledWhileASnapshotThatWasThereIsGone() {
        // Given
        sources.hosts("a").use().devices();
        // When
        sources.forgotten(Source.aggregatesOf("ca1"));
        // Then
        assertThat(sources.states().settled()).isFalse();
    }

    @Test
    void aSourceIsStaleAfterTwoMissedLooksAndSaysItsAge() {
        // Given
        sources.hosts("a");
        var hypervisors = sources.states().all().get(1);
        // When
        var fresh = hypervisors.status(SEEN.plusSeconds(50));
        var stale = hypervisors.status(SEEN.plusSeconds(51));
        // Then
        assertThat(fresh.stale()).isFalse();
        assertThat(stale.stale()).isTrue();
        assertThat(stale.ageSeconds()).isEqualTo(51);
    }

    private InventoryView merged() {
        return Merge.of(sources.states(), new GpusPerHost(8, Map.of("A4000", 10)), NOW);
    }
}
