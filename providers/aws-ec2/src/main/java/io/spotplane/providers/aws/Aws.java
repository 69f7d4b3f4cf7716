package io.spotplane.providers.aws;

import java.time.Duration;

/** Words that the whole adapter uses. */
final class Aws {

    /** This provider's name in offerings and measures. */
    static final String PROVIDER = "aws";

    /** Tag that marks a machine as a control plane's. */
    static final String OWNER_TAG = "spotplane:owner";

    /** Tag that carries the launch token. */
    static final String TOKEN_TAG = "spotplane:token";

    /** From the notice of an interruption to the end of the machine (EC2 user guide, "Spot Instance interruption notices"). */
    static final Duration NOTICE = Duration.ofMinutes(2);

    private Aws() {}
}
