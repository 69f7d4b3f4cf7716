package io.spotplane.inventory.merged;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateNameTest {

    @ParameterizedTest
    @CsvSource({
        "H100-n3, ON_DEMAND, H100",
        "H100-n3-spot, SPOT, H100",
        "H100-n3-NVLink, ON_DEMAND, H100-SXM",
        "H100-SXM5-n3-runpod, RUNPOD, H100-SXM",
        "A100-n3-NVLink-spot, SPOT, A100",
        "RTX-A6000-n3-runpod, RUNPOD, RTX-A6000",
        "L40-n3, ON_DEMAND, L40",
        "Contract-Acme-8xH100, CONTRACT, H100",
        "contract-H100-SXM5-Acme, CONTRACT, H100-SXM",
        "Contract-Acme, CONTRACT,",
        "tempest-H100, OUT_OF_STOCK, H100",
        "out-of-stock, OUT_OF_STOCK,",
        "nova-az-1, OTHER,",
    })
    void readsPoolAndModel(String name, Pool pool, String model) {
        assertThat(AggregateName.read(name, Map.of())).isEqualTo(new AggregateName(pool, model));
    }

    @Test
    void takesTheModelFromTheMetadataWhereTheNameSaysNone() {
        assertThat(AggregateName.read("Contract-Acme", Map.of("gpu", "H200-SXM5"))
                        .gpuModel())
                .isEqualTo("H200-SXM");
    }
}
