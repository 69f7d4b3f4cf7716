package io.spotplane.simulator.behaviour;

import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;

/** A provider's wire protocol. Honest; {@link Stage} makes it misbehave. */
public interface Protocol {

    /** Names the call without any effect, also when the request is not valid. */
    Call identify(Request request);

    /** Does what is asked and answers, refusals included. */
    Response answer(Request request, Conduct conduct);

    /** An error in this provider's form. */
    Response refusal(Call call, Refusal refusal);

    /** What this provider says to a caller that is too fast. */
    Response throttled(Call call);
}
