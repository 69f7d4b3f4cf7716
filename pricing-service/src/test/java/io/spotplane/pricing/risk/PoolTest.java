package io.spotplane.pricing.risk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {

    @ParameterizedTest
    @CsvSource({
        "p3.2xlarge, p3",
        "g6e.48xlarge, g6e",
        "n1-highcpu-16, n1-highcpu",
        "v100_8, v100",
        "c3-88, c3",
        "Standard_NC24ads_A100_v4, Standard_NC24ads_A100_v4",
        "NVIDIA H100 80GB HBM3, NVIDIA H100 80GB HBM3",
        "16, 16"
    })
    void knowsWhatOtherSizesShare(String type, String family) {
        assertThat(new Pool("any", "any", null, type).family()).isEqualTo(family);
    }
}
