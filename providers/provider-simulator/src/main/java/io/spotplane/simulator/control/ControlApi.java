package io.spotplane.simulator.control;

import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Latency;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Refusal;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.simulator.wire.Json;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** {@link ProviderSimulator}'s methods over HTTP below {@code /_control}. Bad input: 400 with the reason. */
public final class ControlApi {

    private static final String PREFIX = "/_control";

    private final ProviderSimulator simulator;

    public ControlApi(ProviderSimulator simulator) {
        this.simulator = simulator;
    }

    public Optional<Response> answer(Request request) {
        try {
            return Optional.of(route(request));
        } catch (IllegalArgumentException | JacksonException badInput) {
            return Optional.of(Response.json(400, Map.of("error", String.valueOf(badInput.getMessage()))));
        }
    }

    private Response route(Request request) {
        var path = request.pathBelow(PREFIX);
        if (request.method().equals("DELETE") && path.startsWith("rules/")) {
            var removed = simulator.rules().remove(path.substring("rules/".length()));
            return Response.json(removed ? 200 : 404, Map.of("removed", removed));
        }
        return switch (request.method() + " " + path) {
            case "GET health" -> Response.json(200, Map.of("status", "UP"));
            case "GET ledger" -> Response.json(200, simulator.ledger());
            case "GET calls" ->
                Response.json(
                        200,
                        Map.of(
                                "counts",
                                simulator.calls().counts(),
                                "recent",
                                simulator.calls().recent()));
            case "GET clock" -> Response.json(200, Map.of("now", simulator.now().toString()));
            case "GET rules" -> Response.json(200, simulator.rules().all());
            case "POST rules" ->
                Response.json(
                        201,
                        Map.of(
                                "id",
                                simulator.misbehave(
                                        body(request, RuleOrder.class).rule())));
            case "DELETE rules" -> done(simulator.rules()::clear);
            case "POST latencies" ->
                done(() -> body(request, LatencyOrder.class).apply(simulator));
            case "POST credit" ->
                done(() -> simulator.setCredit(
                        required("balance", body(request, CreditOrder.class).balance())));
            case "POST reclaims" -> done(() -> body(request, ReclaimOrder.class).apply(simulator));
            case "POST clock" ->
                done(() -> simulator.advance(
                        Duration.ofSeconds(body(request, ClockOrder.class).advanceSeconds())));
            case "POST event-target" ->
                done(() -> body(request, TargetOrder.class).apply(simulator));
            case "POST prices" -> done(() -> body(request, PriceOrder.class).apply(simulator));
            case "POST moves" -> done(() -> body(request, MoveOrder.class).apply(simulator));
            case "POST token-expiry" -> done(simulator::expireTokens);
            case "POST reset" -> done(simulator::reset);
            default -> Response.json(404, Map.of("error", "no control " + request.method() + " " + path));
        };
    }

    private static Response done(Runnable action) {
        action.run();
        return Response.json(200, Map.of("done", true));
    }

    private static <T> T body(Request request, Class<T> type) {
        return Json.read(request.body(), type);
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private record RuleOrder(
            @Nullable Provider provider,
            @Nullable String operation,
            @Nullable Map<String, String> match,
            @Nullable Behaviour behaviour,
            @Nullable Long delayMs,
            @Nullable Integer status,
            @Nullable String code,
            @Nullable String message,
            @Nullable Integer times) {

        Rule rule() {
            var refusal = status == null
                    ? null
                    : new Refusal(
                            status, code == null ? "InternalError" : code, message == null ? "injected" : message);
            return new Rule(
                    required("provider", provider),
                    operation == null ? "*" : operation,
                    match == null ? Map.of() : match,
                    required("behaviour", behaviour),
                    Duration.ofMillis(delayMs == null ? 0 : delayMs),
                    refusal,
                    times);
        }
    }

    private record LatencyOrder(
            @Nullable Provider provider, @Nullable String operation, long medianMs, long p99Ms) {
        void apply(ProviderSimulator simulator) {
            simulator.slow(
                    required("provider", provider),
                    operation == null ? "*" : operation,
                    new Latency(Duration.ofMillis(medianMs), Duration.ofMillis(p99Ms)));
        }
    }

    private record CreditOrder(
            @Nullable Provider provider, @Nullable BigDecimal balance) {}

    private record ReclaimOrder(
            @Nullable Provider provider,
            @Nullable String instanceId,
            @Nullable Boolean notice,
            @Nullable Integer leadSeconds,
            @Nullable Integer duplicate) {
        void apply(ProviderSimulator simulator) {
            simulator.reclaim(
                    required("provider", provider),
                    required("instanceId", instanceId),
                    notice == null || notice,
                    Duration.ofSeconds(leadSeconds == null ? 120 : leadSeconds),
                    duplicate == null ? 1 : 1 + duplicate);
        }
    }

    private record ClockOrder(long advanceSeconds) {}

    private record TargetOrder(@Nullable URI url, @Nullable String key) {
        void apply(ProviderSimulator simulator) {
            simulator.eventTarget(required("url", url), required("key", key));
        }
    }

    private record PriceOrder(
            @Nullable Provider provider,
            @Nullable String instanceType,
            @Nullable String region,
            @Nullable String zone,
            @Nullable BigDecimal price) {
        void apply(ProviderSimulator simulator) {
            simulator.setPrice(
                    required("provider", provider),
                    required("instanceType", instanceType),
                    required("region or zone", zone == null ? region : zone),
                    required("price", price));
        }
    }

    private record MoveOrder(
            @Nullable String host, @Nullable String pool) {
        void apply(ProviderSimulator simulator) {
            simulator.dataCentre().move(required("host", host), required("pool", pool));
        }
    }
}
