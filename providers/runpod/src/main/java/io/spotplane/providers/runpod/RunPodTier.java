package io.spotplane.providers.runpod;

import java.util.Locale;

/** Whose machines: RunPod's own data centres and partners', or hosts of the community. It stands in an offering's zone. */
public enum RunPodTier {
    SECURE,
    COMMUNITY;

    /** The zone of this tier's offerings. */
    String zone() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tier of an offering's zone. */
    static RunPodTier ofZone(String zone) {
        return valueOf(zone.toUpperCase(Locale.ROOT));
    }
}
