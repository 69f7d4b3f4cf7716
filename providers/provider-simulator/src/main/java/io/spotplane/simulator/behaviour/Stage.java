package io.spotplane.simulator.behaviour;

import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Where protocols are played: pauses, lies and cuts as the rules and latencies say, and notes every call. */
public final class Stage {

    /** Longer than any caller waits. */
    private static final Duration FOR_EVER = Duration.ofMinutes(30);

    private final InstantSource clock;
    private final Rules rules;
    private final Latencies latencies;
    private final CallLog calls;

    public Stage(InstantSource clock, Rules rules, Latencies latencies, CallLog calls) {
        this.clock = clock;
        this.rules = rules;
        this.latencies = latencies;
        this.calls = calls;
    }

    /** @return nothing when the connection is to be cut */
    public Optional<Response> play(Protocol protocol, Request request) {
        var call = protocol.identify(request);
        var at = clock.instant();
        long start = System.nanoTime();
        calls.count(call);
        pause(latencies.sample(call));
        var response = misbehave(protocol, request, call);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        calls.add(new CallRecord(
                at,
                call.provider(),
                String.join("+", call.operations()),
                call.attributes(),
                response.map(answer -> Integer.toString(answer.status())).orElse("dropped"),
                millis));
        return response;
    }

    private Optional<Response> misbehave(Protocol protocol, Request request, Call call) {
        var placed = rules.claim(call).orElse(null);
        if (placed == null) {
            return Optional.of(protocol.answer(request, new Conduct(rules, call, null, 0)));
        }
        var rule = placed.rule();
        var conduct = new Conduct(rules, call, rule.behaviour(), placed.used());
        return switch (rule.behaviour()) {
            case DELAY -> {
                pause(rule.delay());
                yield Optional.of(protocol.answer(request, conduct));
            }
            case ACT_AND_DELAY -> {
                var answer = protocol.answer(request, conduct);
                pause(rule.delay());
                yield Optional.of(answer);
            }
            case ACT_AND_DROP -> {
                protocol.answer(request, conduct);
                yield Optional.empty();
            }
            case HANG -> {
                pause(FOR_EVER);
                yield Optional.empty();
            }
            case ERROR -> Optional.of(protocol.refusal(call, refusal(rule)));
            case THROTTLE -> Optional.of(protocol.throttled(call));
            case HTML -> Optional.of(webPage(rule));
            case SELL_OUT, SILENT, EMPTY_LIST, SHORT_LIST, FLAP -> Optional.of(protocol.answer(request, conduct));
        };
    }

    private static Refusal refusal(Rule rule) {
        return Optional.ofNullable(rule.refusal()).orElseThrow();
    }

    private static Response webPage(Rule rule) {
        int status = rule.refusal() == null ? 200 : rule.refusal().status();
        return Response.of(
                status, "text/html; charset=utf-8", "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the simulator is closing
        }
    }
}
