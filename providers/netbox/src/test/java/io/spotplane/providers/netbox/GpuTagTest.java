package io.spotplane.providers.netbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuTagTest {

    @ParameterizedTest
    @CsvSource({
        "nvidia h100 pcie, H100-PCIe",
        "NVIDIA H100 SXM5, H100-SXM",
        "h200, H200-SXM",
        "gh200 480gb, GH200",
        "rtx 4090, RTX-4090",
        "rtx a6000 ada, RTX-6000-Ada",
        "rtx 6000 pro se, RTX-PRO-6000",
        "nvidia a100 pcie, A100",
        "nvidia a100 pcie 80gb, A100-80GB",
        "a4000, A4000",
        "a40, A40",
        "l40s, L40S",
        "nvidia-l40, L40",
    })
    void readsTheTagsThatOperatorsUse(String tag, String model) {
        assertThat(GpuTag.modelIn(List.of("production", tag))).contains(model);
    }

    @Test
    void otherTagsNameNoModel() {
        assertThat(GpuTag.modelIn(List.of("production", "UNPOPULATED CHASSIS", "bond0", "rack-12", "v2", "tier 1")))
                .isEmpty();
    }
}
