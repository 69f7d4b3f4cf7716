package io.spotplane.providers.contract;

import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ProviderInstanceId;

/** The provider behind an adapter, as a test can steer it and look into its books. */
public interface FarSide {

    /** The calls that can be troubled. */
    enum Call {
        /** The order for a machine itself, not the questions before it. */
        LAUNCH,
        TERMINATE,
        /** The list of machines, one page of it. */
        LIST,
        /** The price list, one page of it. */
        SWEEP,
        /** The question for notices of interruption. */
        NOTICES
    }

    /** What goes wrong. */
    enum Trouble {
        /** Nothing of the kind to be had. */
        SOLD_OUT,
        /** It is done, and the connection cut before the answer. */
        ANSWER_LOST,
        /** It is not done, and no answer ever comes. */
        SILENCE,
        /** It is not done: too many calls. */
        THROTTLED,
        /** It is not done, and a web page comes with status 200. */
        WEB_PAGE,
        /** It is not done, and the provider's own server error comes, with the account's secret in its words. */
        FAILURE
    }

    /** Troubles the next {@code times} calls of this kind. */
    void trouble(Call call, Trouble trouble, int times);

    /** Ends all trouble. */
    void calm();

    /** How many machines were ever made with this token, by the provider's own books. */
    long made(LaunchToken token);

    /** How many of them exist now. */
    long alive(LaunchToken token);

    /** Takes a machine back, with the provider's usual notice or without any. */
    void reclaim(ProviderInstanceId machine, boolean notice);

    /** A well-formed id that no machine ever had. */
    ProviderInstanceId neverMade();

    /** The secret that must not appear in any message. */
    String secret();
}
