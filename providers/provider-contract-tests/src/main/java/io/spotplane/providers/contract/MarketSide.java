package io.spotplane.providers.contract;

/** The provider behind an adapter, as a test can trouble it. */
public interface MarketSide {

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

    /** The secret that must not appear in any message. */
    String secret();
}
