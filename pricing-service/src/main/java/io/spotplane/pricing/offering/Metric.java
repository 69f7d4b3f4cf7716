package io.spotplane.pricing.offering;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;

/**
 * What a ranking goes by.
 *
 * @param metric its name
 * @param wCpu weight of a virtual CPU; 0 where it does not count
 * @param wMem weight of a GiB of memory; 0 where it does not count
 * @param wGpu weight of a GPU; 0 where it does not count
 */
record Metric(
        @Schema(example = "cpu+mem+gpu") String metric,

        @Schema(type = "string", example = "1.0") @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal wCpu,

        @Schema(type = "string", example = "0.5") @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal wMem,

        @Schema(type = "string", example = "4.0") @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal wGpu) {

    CostScore score() {
        return CostScore.of(wCpu, wMem, wGpu);
    }

    boolean countsNothing() {
        return wCpu.signum() + wMem.signum() + wGpu.signum() == 0;
    }
}
