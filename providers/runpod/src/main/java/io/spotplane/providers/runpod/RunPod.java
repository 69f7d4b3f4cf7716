package io.spotplane.providers.runpod;

/** Words that the whole adapter uses. */
final class RunPod {

    /** This provider's name in offerings and measures. */
    static final String PROVIDER = "runpod";

    /** The region of every offering and pod: RunPod places by itself. */
    static final String ANYWHERE = "any";

    private RunPod() {}
}
