package io.spotplane.contracts.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpuModelsTest {

    @ParameterizedTest
    @CsvSource({
        // RunPod ids (gpuTypes, 2026-02-12)
        "NVIDIA H100 80GB HBM3, H100-SXM",
        "NVIDIA H100 PCIe, H100-PCIe",
        "NVIDIA H100 NVL, H100-NVL",
        "NVIDIA H200, H200-SXM",
        "NVIDIA A100-SXM4-80GB, A100-80GB",
        "NVIDIA A100 80GB PCIe, A100-80GB",
        "NVIDIA GeForce RTX 4090, RTX-4090",
        "NVIDIA GeForce RTX 4080 SUPER, RTX-4080-Super",
        "NVIDIA RTX 6000 Ada Generation, RTX-6000-Ada",
        "NVIDIA RTX A4000, A4000",
        "NVIDIA RTX A6000, RTX-A6000",
        "AMD Instinct MI300X OAM, MI300X",
        "Tesla V100-SXM2-32GB, V100-32GB",
        "Tesla V100-PCIE-16GB, V100-16GB",
        "NVIDIA B200, B200",
        // EC2 and flavor names
        "L40S, L40S",
        "A10G, A10G",
        "t4g, T4G",
        "H100-SXM5, H100-SXM",
        // SkyPilot names
        "RTXA6000, RTX-A6000",
        "RTX4090, RTX-4090",
        "A100-80GB, A100-80GB"
    })
    void namesAModelInOneWayWhateverItsProviderCallsIt(String theirs, String ours) {
        assertThat(GpuModels.canonical(theirs)).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"A100, 40, A100-40GB", "A100, 80, A100-80GB", "V100, 16, V100-16GB", "V100, 32, V100-32GB", "L4, 22, L4"
    })
    void tellsProductsOfOneNameApartByTheirMemory(String theirs, int memoryGiB, String ours) {
        assertThat(GpuModels.canonical(theirs, memoryGiB)).isEqualTo(ours);
    }

    @Test
    void keepsANameThatItDoesNotKnow() {
        assertThat(GpuModels.canonical("NVIDIA Rubin/CPX  128 GB")).isEqualTo("RUBIN-CPX-128-GB");
        assertThat(GpuModels.canonical("Radeon Pro V520")).isEqualTo("RADEON-PRO-V520");
        assertThat(GpuModels.canonical("NVIDIA")).isEqualTo("NVIDIA");
        assertThat(GpuModels.canonical(" ?! ")).isEqualTo("UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H100-SXM",
                "H100-PCIe",
                "H200-SXM",
                "A100-80GB",
                "A100-40GB",
                "L4",
                "L40S",
                "L40",
                "A10G",
                "T4",
                "V100-16GB",
                "V100-32GB",
                "RTX-4090",
                "RTX-5090",
                "RTX-A6000",
                "RTX-6000-Ada",
                "A40",
                "A4000",
                "GH200",
                "B200",
                "MI300X"
            })
    void leavesItsOwnNamesAlone(String canonical) {
        assertThat(GpuModels.canonical(canonical)).isEqualTo(canonical);
        assertThat(GpuModels.matches(canonical, canonical)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "H100, H100-SXM, true",
        "h100, H100-PCIe, true",
        "A100, A100-40GB, true",
        "A100, A100-80GB, true",
        "A100, A100, true",
        "H200, H200-NVL, true",
        "NVIDIA H100, H100-NVL, true",
        "H100-SXM, H100-PCIe, false",
        "A100-80GB, A100-40GB, false",
        "A100-80GB, A100, false",
        "L4, L40, false",
        "L4, L40S, false",
        "H100, H200-SXM, false",
        "A10, A10G, false",
        "rtx 4090, RTX-4090, true",
        "Rubin CPX, RUBIN-CPX, true",
        "Rubin CPX, RUBIN, false"
    })
    void aFamilyIsSatisfiedByItsMembersAndAModelByItselfAlone(String wanted, String offered, boolean satisfied) {
        assertThat(GpuModels.matches(wanted, offered)).isEqualTo(satisfied);
    }

    @Test
    void findsTheWishesThatAModelSatisfiesByTheNameUnderWhichTheyAreFiled() {
        // Given
        var names = List.of(
                "H100",
                "h100 sxm",
                "H100-PCIe",
                "H200",
                "H200-SXM",
                "H200-NVL",
                "A100",
                "A100-40GB",
                "NVIDIA A100 80GB PCIe",
                "L4",
                "L40",
                "L40S",
                "RTX-PRO-6000",
                "RTX-PRO-6000-Max-Q",
                "V100",
                "V100-16GB",
                "Rubin CPX",
                "???");
        // Then
        for (var wanted : names) {
            for (var model : names) {
                assertThat(GpuModels.satisfiedBy(model).contains(GpuModels.filedAs(wanted)))
                        .as("%s by %s", wanted, model)
                        .isEqualTo(GpuModels.matches(wanted, model));
            }
        }
    }
}
