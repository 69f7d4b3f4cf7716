package io.spotplane.simulator.market;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A GPU type of RunPod. Prices are US dollars an hour for one GPU; null where the tier does not sell it.
 *
 * @param stock {@code High}, {@code Medium} or {@code Low}
 */
public record PodGpu(
        String id,
        String name,
        String manufacturer,
        int memoryGb,
        int vcpus,
        int ramGb,
        @Nullable BigDecimal secure,
        @Nullable BigDecimal secureSpot,
        @Nullable BigDecimal community,
        @Nullable BigDecimal communitySpot,
        int maxSecure,
        int maxCommunity,
        String pool,
        String stock) {

    /** Price of one GPU on demand in a tier. */
    public Optional<BigDecimal> onDemand(boolean inSecureCloud) {
        return Optional.ofNullable(inSecureCloud ? secure : community);
    }

    /** Least bid for one GPU in a tier. */
    public Optional<BigDecimal> spot(boolean inSecureCloud) {
        return Optional.ofNullable(inSecureCloud ? secureSpot : communitySpot);
    }

    /** The most GPUs one pod can have in a tier. */
    public int most(boolean inSecureCloud) {
        return inSecureCloud ? maxSecure : maxCommunity;
    }
}
