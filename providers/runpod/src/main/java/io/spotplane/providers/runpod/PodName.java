package io.spotplane.providers.runpod;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchToken;
import java.util.List;
import java.util.Optional;

/**
 * The name of a pod, which is all that RunPod lets us mark it with: {@code <owner>--<token>}, and {@code --spot} behind it for a spot pod, because REST v2 does
 * not say which pods those are. Names are not unique at RunPod, so that a token is looked for, not relied on.
 *
 * @param owner whose pod
 * @param token the launch that it came from
 * @param spot whether it may be taken back
 */
record PodName(String owner, LaunchToken token, boolean spot) {

    private static final String JOINT = "--";
    private static final String SPOT = "spot";

    static PodName of(LaunchOrder order) {
        return new PodName(order.owner(), order.token(), order.offering().capacityType() == CapacityType.SPOT);
    }

    /** Reads {@code name}; empty when it is not one of {@code owner}'s. */
    static Optional<PodName> read(String name, String owner) {
        if (!name.startsWith(owner + JOINT)) {
            return Optional.empty();
        }
        var rest = List.of(name.substring(owner.length() + JOINT.length()).split(JOINT, -1));
        return Optional.of(rest.getFirst())
                .filter(LaunchToken::isToken)
                .map(token -> new PodName(owner, new LaunchToken(token), rest.contains(SPOT)));
    }

    @Override
    public String toString() {
        return owner + JOINT + token + (spot ? JOINT + SPOT : "");
    }
}
