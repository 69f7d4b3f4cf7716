package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The cost score of the former tools: {@code price / (wCpu·vCPU + wMem·GB + wGpu·GPUs)}, lower is better. GB are GiB, as machines are sold by.
 * Scores are compared exactly, as fractions of whole numbers, and rounded to six places where they are shown.
 *
 * @param wCpu weight of a virtual CPU, in millionths; at least 0
 * @param wMem weight of a GiB, in millionths; at least 0
 * @param wGpu weight of a GPU, in millionths; at least 0
 */
record CostScore(long wCpu, long wMem, long wGpu) {

    private static final int PLACES = 6;
    private static final long MIB_PER_GIB = 1024;

    /** With these weights, of at most six places. */
    static CostScore of(BigDecimal wCpu, BigDecimal wMem, BigDecimal wGpu) {
        return new CostScore(millionths(wCpu), millionths(wMem), millionths(wGpu));
    }

    private static long millionths(BigDecimal weight) {
        return weight.movePointRight(PLACES).longValueExact();
    }

    /** The score of {@code offering}; null where nothing that it has counts, since nothing can be divided by that. */
    @Nullable
    Fraction of(Offering offering) {
        long worth =
                MIB_PER_GIB * (wCpu * offering.vcpu() + wGpu * Facts.gpuCount(offering)) + wMem * offering.memoryMiB();
        return worth <= 0 ? null : new Fraction(Sort.PRICE.micros(offering) * MIB_PER_GIB, worth);
    }

    /**
     * A score before it is rounded.
     *
     * @param above price, in millionths and by 1024
     * @param below what the machine has, weighted, in millionths and by 1024; more than 0
     */
    record Fraction(long above, long below) implements Comparable<Fraction> {

        /** As it is shown. */
        BigDecimal rounded() {
            return BigDecimal.valueOf(above).divide(BigDecimal.valueOf(below), PLACES, RoundingMode.HALF_UP);
        }

        /** By the products crosswise, in 128 bits: both are below 2^63. */
        @Override
        public int compareTo(Fraction other) {
            int high = Long.compare(Math.multiplyHigh(above, other.below), Math.multiplyHigh(other.above, below));
            return high != 0 ? high : Long.compareUnsigned(above * other.below, other.above * below);
        }
    }
}
