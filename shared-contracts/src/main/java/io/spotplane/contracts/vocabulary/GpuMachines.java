package io.spotplane.contracts.vocabulary;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Machine types that are named by, or sold with, one accelerator: by them a person can wish ({@code p5}), and by them a price list that says {@code H100} alone is
 * understood. Names come sanitised: upper case, dashes. From the providers' own pages on their machine types.
 */
final class GpuMachines {

    /** Sizes of EC2's types, so that {@code g3-medium-x86} of another cloud is not one. */
    private static final String EC2_SIZE = "(?:-(?:METAL|\\d*X?LARGE)(?:-.+)?)?";

    private static final List<Machine> MACHINES = List.of(
            // EC2
            ec2("P2", "K80"),
            ec2("P3", "V100-16GB"),
            ec2("P3DN", "V100-32GB"),
            ec2("P4D", "A100-40GB"),
            ec2("P4DE", "A100-80GB"),
            ec2("P5", "H100-SXM"),
            ec2("P5EN?", "H200-SXM"),
            ec2("P6-B200", "B200"),
            ec2("P6-B300", "B300"),
            ec2("P6E-GB200", "GB200"),
            ec2("G3S?", "M60"),
            ec2("G4DN", "T4"),
            ec2("G4AD", "RADEON-PRO-V520"),
            ec2("G5", "A10G"),
            ec2("G5G", "T4G"),
            ec2("GR?6", "L4"),
            ec2("G6E", "L40S"),
            ec2("G7E", "RTX-PRO-6000"),
            ec2("INF1", "INFERENTIA"),
            ec2("INF2", "INFERENTIA2"),
            ec2("TRN1N?", "TRAINIUM"),
            ec2("TRN2U?", "TRAINIUM2"),
            ec2("DL1", "GAUDI"),
            ec2("DL2Q", "QUALCOMM-AI-100"),
            ec2("VT1", "ALVEO-U30"),
            ec2("F1", "VIRTEX-VU9P"),
            ec2("F2", "VIRTEX-VU47P"),
            // Google
            google("A2-(?:HIGHGPU|MEGAGPU)", "A100-40GB"),
            google("A2-ULTRAGPU", "A100-80GB"),
            google("A3-(?:HIGHGPU|MEGAGPU|EDGEGPU)", "H100-SXM"),
            google("A3-ULTRAGPU", "H200-SXM"),
            google("A4-HIGHGPU", "B200"),
            google("A4X-HIGHGPU", "GB200"),
            google("A4X-MAXGPU", "GB300"),
            google("G2-STANDARD", "L4"),
            google("G4-STANDARD", "RTX-PRO-6000"),
            // Azure, with and without size: Standard_ND96isr_H100_v5, ND-H100-v5, NCads_H100_v5
            azure("ND\\d*[A-Z]*-H100-V5", "H100-SXM"),
            azure("NCC?\\d*[A-Z]*-H100-V5", "H100-NVL"),
            azure("ND\\d*[A-Z]*-H200-V5", "H200-SXM"),
            azure("ND\\d*[A-Z]*-MI300X-V5", "MI300X"),
            azure("ND\\d*[A-Z]*(?:-NDR)?-GB200-V6", "GB200"),
            azure("ND\\d*[A-Z]*(?:-NDR)?-GB300-V6", "GB300"),
            azure("ND\\d*ASR(?:-A100)?-V4", "A100-40GB"),
            azure("N(?:D\\d*AMSR|C\\d*ADS)-A100-V4", "A100-80GB"),
            azure("ND40RS-V2", "V100-32GB"),
            azure("NC\\d+R?S-V3", "V100-16GB"),
            azure("NC\\d+R?S-V2", "P100"),
            azure("ND\\d+R?S", "P40"),
            azure("NC\\d+R?", "K80"),
            azure("NC\\d*AS-?T4-V3", "T4"),
            azure("N[CV]\\d*ADM?S-?A10-V[45]", "A10"),
            azure("NV\\d+(?:S-V3)?", "M60"),
            azure("NV\\d+AS-V4", "MI25"),
            azure("NV\\d*ADM?S-?V710-V5", "RADEON-PRO-V710"),
            azure("NG\\d*ADM?S-?V620-V1", "RADEON-PRO-V620"),
            azure("NP\\d*S", "ALVEO-U250"));

    /** Types that say count and model themselves: {@code gpu_8x_h100_sxm5}, {@code 4x-RTX_4060_Ti-32-65536}, {@code 1x_RTXA6000_SECURE}. */
    private static final Pattern SPELT_OUT =
            Pattern.compile("(?:GPU-)?\\d+X-(?<model>.+?)(?:-\\d+-\\d+|-SECURE|-COMMUNITY)?");

    private GpuMachines() {}

    /** The canonical model in a machine of this type; empty where the name does not tell one product. */
    static Optional<String> model(String plain) {
        return MACHINES.stream()
                .filter(machine -> machine.named().matcher(plain).matches())
                .map(Machine::model)
                .findFirst()
                .or(() -> speltOut(plain));
    }

    private static Optional<String> speltOut(String plain) {
        var parts = SPELT_OUT.matcher(plain);
        return parts.matches() ? GpuModels.product(parts.group("model")) : Optional.empty();
    }

    private static Machine ec2(String family, String model) {
        return new Machine(Pattern.compile(family + EC2_SIZE), model);
    }

    private static Machine google(String family, String model) {
        return new Machine(Pattern.compile(family + "(?:-\\d+G?(?:-.+)?)?"), model);
    }

    private static Machine azure(String series, String model) {
        return new Machine(Pattern.compile("(?:STANDARD-)?" + series + "(?:-PROMO)?"), model);
    }

    private record Machine(Pattern named, String model) {}
}
