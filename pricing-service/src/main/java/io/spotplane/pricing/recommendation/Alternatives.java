package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a machine is worth at most: the price of the cheapest machine at least as large that is not taken back. */
final class Alternatives {

    private static final BigDecimal UNKNOWN = new BigDecimal("1000000000000");

    private final List<Offering> onDemand;
    private final Map<Size, BigDecimal> known = new HashMap<>();

    Alternatives(Collection<Offering> forSale) {
        this.onDemand = forSale.stream()
                .filter(offering -> offering.capacityType() == CapacityType.ON_DEMAND)
                .sorted(Comparator.comparing(offering -> offering.billedPrice().amount()))
                .toList();
    }

    private record Size(int vcpu, long memoryMiB, String gpuModel, int gpus) {

        static Size of(Offering offering) {
            var gpu = offering.gpu();
            return new Size(
                    offering.vcpu(), offering.memoryMiB(), gpu == null ? "" : gpu.model(), Resource.gpus(offering));
        }

        boolean fits(Size larger) {
            return vcpu <= larger.vcpu
                    && memoryMiB <= larger.memoryMiB
                    && (gpus == 0 || gpus <= larger.gpus && gpuModel.equals(larger.gpuModel));
        }
    }

    /** Of the cheapest alternative to {@code offering}; more than anything costs when nobody sells one. */
    BigDecimal price(Offering offering) {
        return known.computeIfAbsent(Size.of(offering), this::cheapest);
    }

    private BigDecimal cheapest(Size size) {
        return onDemand.stream()
                .filter(other -> size.fits(Size.of(other)))
                .findFirst()
                .map(other -> other.billedPrice().amount())
                .orElse(UNKNOWN);
    }
}
