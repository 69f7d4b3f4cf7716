package io.spotplane.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.UsageClassType;

class AwsMachineTest {

    @ParameterizedTest
    @CsvSource({
        "H100, 8, 81920, H100-SXM, 80",
        "A100, 8, 40960, A100-40GB, 40",
        "A100, 8, 81920, A100-80GB, 80",
        "V100, 4, 16384, V100-16GB, 16",
        "L4, 1, 22888, L4, 22",
        "L40S, 1, 45776, L40S, 45"
    })
    void namesItsGpusAsEverybodyDoes(String ec2Name, int count, int memoryMiB, String model, int memoryGiB) {
        assertThat(AwsMachine.from(type("p5.48xlarge", ArchitectureType.X86_64, ec2Name, count, memoryMiB, null))
                        .gpu())
                .isEqualTo(new Gpu(model, count, memoryGiB));
    }

    @Test
    void isNotForSaleWhenTheImageDoesNotBootOnIt() {
        assertThat(AwsMachine.from(type("g5g.xlarge", ArchitectureType.ARM64, "T4g", 1, 16384, null))
                        .saleable())
                .isFalse();
    }

    @Test
    void aSliceOfAGpuIsNoGpu() {
        // When
        var slice = AwsMachine.from(type("g6f.large", ArchitectureType.X86_64, "L4", 1, 2861, 0.125));
        // Then
        assertThat(slice.saleable()).isFalse();
        assertThat(slice.gpu()).isNull();
    }

    @Test
    void aPlainMachineHasNone() {
        // Given
        var info = InstanceTypeInfo.builder()
                .instanceType("m7i.xlarge")
                .vCpuInfo(cpu -> cpu.defaultVCpus(4))
                .memoryInfo(memory -> memory.sizeInMiB(16384L))
                .supportedUsageClasses(UsageClassType.ON_DEMAND)
                .build();
        // When
        var machine = AwsMachine.from(info);
        // Then
        assertThat(machine).isEqualTo(new AwsMachine("m7i.xlarge", 4, 16384, null, true, true));
    }

    @Test
    void carriesOnDemandPricesForTheRegionsThatItsListCovers() {
        // When
        var prices = OnDemandPrices.carried();
        // Then
        assertThat(prices.in("us-east-1")).hasSize(1367).containsEntry("a1.large", HourlyPrice.usd("0.051000"));
        assertThat(prices.in("eu-west-1")).isEmpty();
    }

    private static InstanceTypeInfo type(
            String name, ArchitectureType architecture, String gpu, int count, int memoryMiB, Double share) {
        return InstanceTypeInfo.builder()
                .instanceType(name)
                .vCpuInfo(cpu -> cpu.defaultVCpus(8))
                .memoryInfo(memory -> memory.sizeInMiB(32768L))
                .processorInfo(processor -> processor.supportedArchitectures(architecture))
                .supportedUsageClasses(UsageClassType.SPOT)
                .gpuInfo(gpus -> gpus.gpus(device -> device.name(gpu)
                        .count(count)
                        .gpuPartitionSize(share)
                        .memoryInfo(memory -> memory.sizeInMiB(memoryMiB))))
                .build();
    }
}
