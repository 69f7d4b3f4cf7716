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
        "A100-80GB, A100-80GB",
        "H100_SXM, H100-SXM",
        "A100 PCIe, A100",
        "H100-80GB-HBM3, H100-SXM",
        "H100-MEGA, H100-SXM",
        "H100 HGX (80GB), H100-SXM",
        "H100-80G-PCIe-NVLink, H100-PCIe",
        "RTXPRO6000WS, RTX-PRO-6000-Workstation",
        "Quadro RTX 6000 (24 GB), Quadro-RTX-6000",
        // a size that is the model's own, in every spelling
        "A10 (24 GB), A10",
        "V100-32G, V100-32GB",
        "A100_80GB SXM4, A100-80GB",
        "B200_180GB, B200",
        "H100 (80 GB), H100",
        "H100 (94 GB), H100-NVL",
        "3080Ti (12 GB), RTX-3080-Ti",
        // a slice is not the GPU
        "NVIDIA RTX PRO 6000 Blackwell Server Edition MIG 1g.24gb, RTX-PRO-6000-MIG-24GB",
        // accelerators that are no GPUs
        "tpu-v5p-128, TPU-v5p-128",
        "tpu-v5litepod-8, TPU-v5e-8",
        "AWS Inferentia2, INFERENTIA2",
        "Gaudi HL-205, GAUDI",
        "TPU-v5e-8, TPU-v5e-8"
    })
    void namesAModelInOneWayWhateverItsProviderCallsIt(String theirs, String ours) {
        assertThat(GpuModels.canonical(theirs)).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "p5, H100-SXM",
        "p5.48xlarge, H100-SXM",
        "p5en.48xlarge, H200-SXM",
        "p4d, A100-40GB",
        "p4de.24xlarge, A100-80GB",
        "P4, P4",
        "g6e, L40S",
        "g6.xlarge, L4",
        "g5g.metal, T4G",
        "p6-b200.48xlarge, B200",
        "trn1.32xlarge, TRAINIUM",
        "a2-highgpu, A100-40GB",
        "a2-ultragpu-8g, A100-80GB",
        "a3-edgegpu-8g-nolssd, H100-SXM",
        "g2-standard-96, L4",
        "Standard_ND96isr_H100_v5, H100-SXM",
        "ND-H100-v5, H100-SXM",
        "NCads_H100_v5, H100-NVL",
        "Standard_NCC40ads_H100_v5, H100-NVL",
        "Standard_ND128isr_NDR_GB200_v6, GB200",
        "Standard_ND96asr_v4, A100-40GB",
        "Standard_NC24ads_A100_v4, A100-80GB",
        "Standard_NC6s_v3, V100-16GB",
        "Standard_NV36adms_A10_v5, A10",
        "Standard_NP10s, ALVEO-U250",
        "gpu_8x_h100_sxm5, H100-SXM",
        "4x-RTX_4060_Ti-32-65536, RTX-4060-Ti",
        "4x-RTX_4070S_Ti-32-65536, RTX-4070-Ti-Super",
        "1x_RTXA6000_SECURE, RTX-A6000"
    })
    void knowsTheModelInAMachineFamily(String machine, String model) {
        assertThat(GpuModels.canonical(machine)).isEqualTo(model);
        assertThat(GpuModels.matches(machine, model)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g3.medium.x86",
                "m7i.large",
                "Standard_D8s_v5",
                "n2-standard-8",
                "gpu_8x_a100",
                "1x-A100_SXM4-32-65536",
                "g6f.xlarge"
            })
    void saysNothingOfAMachineWhoseNameDoesNotTellOneProduct(String machine) {
        assertThat(GpuModels.ofMachine(machine)).isEmpty();
    }

    @Test
    void knowsTheMemoryThatIsTheSameOnEveryCardOfAName() {
        assertThat(GpuModels.memoryGiB("RTX-4090")).isEqualTo(24);
        assertThat(GpuModels.memoryGiB("RTX 4060 Ti")).isZero();
        assertThat(GpuModels.memoryGiB("H100")).isZero();
        assertThat(GpuModels.memoryGiB("Rubin")).isZero();
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
        assertThat(GpuModels.canonical("Radeon Pro W9999")).isEqualTo("RADEON-PRO-W9999");
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
        "p5, H100-PCIe, false",
        "RTX-PRO-6000, RTX-PRO-6000-MIG-24GB, false",
        "TPU-v5p, TPU-v5p-128, true",
        "tpu-v5p-8, TPU-v5p-128, false",
        "TPU-v5p, TPU-v5e-8, false",
        "V100, TPU-v4-8, false",
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

    @Test
    void takesANameThatSaysTooLittleForItsFamily() {
        assertThat(GpuModels.matches("A100-PCIE", "A100-80GB")).isTrue();
        assertThat(GpuModels.matches("TPU-v5e", "TPU-v5e-8")).isTrue();
        assertThat(GpuModels.matches("TPU-v5e-8", "TPU-v5e-4")).isFalse();
        assertThat(GpuModels.matches("RTX PRO 6000 Blackwell Server Edition", "RTX-PRO-6000-Max-Q"))
                .isFalse();
    }
}
