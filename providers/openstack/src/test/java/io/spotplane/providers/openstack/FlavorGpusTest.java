package io.spotplane.providers.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlavorGpusTest {

    @ParameterizedTest
    @CsvSource({
        "n3-H100x8-spot, H100, 8",
        "n3-H100x1, H100, 1",
        "n3-H100-SXM5x8, H100-SXM, 8",
        "n3-H100x8-NVLink, H100-SXM, 8",
        "n3-A100x8-NVLink-spot, A100, 8",
        "n3-RTX-A6000x4, RTX-A6000, 4",
        "n3-RTX-PRO6000-SEx10, RTX-PRO6000-SE, 10",
        "L40x2, L40, 2",
    })
    void readsModelAndCountFromTheName(String flavor, String model, int count) {
        assertThat(FlavorGpus.of(new NovaWire.Flavor(flavor, Map.of()))).isEqualTo(new FlavorGpus(model, count));
    }

    @ParameterizedTest
    @CsvSource({"m1.tiny", "c5.2xlarge", "n3-cpux16", "''"})
    void aFlavorOfAnotherFormHasNone(String flavor) {
        assertThat(FlavorGpus.of(new NovaWire.Flavor(flavor, Map.of()))).isEqualTo(new FlavorGpus(null, 0));
    }

    @Test
    void fallsBackToThePassthroughAlias() {
        var flavor = new NovaWire.Flavor("gpu.large", Map.of("pci_passthrough:alias", "mlx5:1, nvidia-h100:8"));
        assertThat(FlavorGpus.of(flavor)).isEqualTo(new FlavorGpus("H100", 8));
    }

    @Test
    void fallsBackToVirtualGpusWithoutAModel() {
        var flavor = new NovaWire.Flavor("vgpu.small", Map.of("resources:VGPU", "1"));
        assertThat(FlavorGpus.of(flavor)).isEqualTo(new FlavorGpus(null, 1));
    }

    @Test
    void theNameGoesBeforeTheExtraSpecs() {
        var flavor = new NovaWire.Flavor("n3-L40x2", Map.of("pci_passthrough:alias", "nvidia-h100:8"));
        assertThat(FlavorGpus.of(flavor)).isEqualTo(new FlavorGpus("L40", 2));
    }
}
