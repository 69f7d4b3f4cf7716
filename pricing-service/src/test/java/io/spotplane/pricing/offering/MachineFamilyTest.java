package io.spotplane.pricing.offering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineFamilyTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            gp.vs1.2xlarge-iad,                gp,       1, false
            gpu.vs2.xlargeplusplus-sjc,        gpu,      2, false
            gp.bm2.small-iad,                  gp,       -, true
            io.bm2-lon,                        io,       -, true
            p5.48xlarge,                       p5,       5, false
            p5en.48xlarge,                     p5en,     5, false
            m7gd.metal,                        m7gd,     7, true
            u-6tb1.112xlarge,                  u-6tb1,   -, false
            n2-standard-4,                     n2,       2, false
            n2d-highcpu-16,                    n2d,      2, false
            c4-highmem-288-lssd-metal,         c4,       4, true
            a3-highgpu-8g,                     a3,       3, false
            Standard_D4ads_v5,                 d,        5, false
            Standard_NC24ads_A100_v4,          nc,       4, false
            Standard_A1,                       a,        1, false
            Basic_A2,                          a,        1, false
            Standard_DS11-1_v2,                ds,       2, false
            NVIDIA H100 80GB HBM3,             nvidia,   -, false
            gpu_1x_h100_pcie,                  gpu,      -, false
            n3-H100x1,                         n3,       3, false
            g6,                                g6,       -, false
            """)
    void readsTheNameAsItsProviderMeantIt(String name, String machineClass, Integer generation, boolean bareMetal) {
        assertThat(MachineFamily.of(name)).isEqualTo(new MachineFamily(machineClass, generation, bareMetal));
    }
}
