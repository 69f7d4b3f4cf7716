package io.spotplane.providers.rackspace;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;

/** Words that the whole adapter uses. */
final class Rackspace {

    /** This provider's name in offerings and measures. */
    static final String PROVIDER = "rackspace";

    /** What everything is billed in. */
    static final String CURRENCY = "USD";

    private Rackspace() {}

    /** The id of a server class's offering; classes have no zones. */
    static String offeringId(String region, String serverClass, int gpus, CapacityType capacity) {
        return Offering.idOf(PROVIDER, region, null, serverClass, gpus, capacity);
    }
}
