package io.spotplane.simulator.rackspace;

import io.spotplane.simulator.behaviour.Call;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Refusal;
import io.spotplane.simulator.wire.Fields;
import io.spotplane.simulator.wire.HttpDate;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Rackspace Spot's three addresses: the public bucket below {@code /feed}, login below {@code /login}, the Kubernetes-like API below {@code /api}. Everything else is
 * 404, the endpoints that some clients invent included.
 */
public final class RackspaceProtocol implements Protocol {

    private static final String API = "api/apis/ngpc.rxt.io/v1/";
    private static final Duration DAY = Duration.ofDays(1);

    private final String prefix;
    private final RackspaceMarket market;
    private final RackspaceTokens tokens;
    private final InstantSource clock;

    public RackspaceProtocol(String prefix, RackspaceMarket market, InstantSource clock, Duration tokenLife) {
        this.prefix = prefix;
        this.market = market;
        this.tokens = new RackspaceTokens(clock, tokenLife);
        this.clock = clock;
    }

    /** Voids every token. */
    public void expireTokens() {
        tokens.revokeAll();
    }

    @Override
    public Call identify(Request request) {
        var path = request.pathBelow(prefix);
        var serverClass = path.startsWith("feed/history/") ? path.substring("feed/history/".length()) : "";
        var operation = serverClass.isEmpty() ? path : "feed/history";
        return Call.of(
                Provider.RACKSPACE,
                request.method() + " " + operation,
                serverClass.isEmpty() ? Map.of() : Map.of("instanceType", serverClass));
    }

    @Override
    public Response answer(Request request, Conduct conduct) {
        var path = request.pathBelow(prefix);
        if (path.equals("login/oauth/token") && request.method().equals("POST")) {
            return tokens.issue(request);
        }
        if (!request.method().equals("GET")) {
            return path.startsWith("api/")
                    ? status(405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
                    : noObject();
        }
        return path.startsWith("feed/")
                ? object(request, path.substring("feed/".length()), conduct)
                : resource(request, path, conduct);
    }

    private Response object(Request request, String key, Conduct conduct) {
        var now = conduct.yesterday() ? clock.instant().minus(DAY) : clock.instant();
        var version = "\"" + market.version(now) + (conduct.yesterday() ? "-flap\"" : "\"");
        if (request.header("If-None-Match").filter(version::equals).isPresent()) {
            return Response.empty(304).with("ETag", version);
        }
        return switch (key) {
            case "percentiles.json" ->
                stored(Feed.percentiles(conduct.listed(seen(conduct)), market, now), version, now);
            case "comparable_prices.json" ->
                stored(Feed.comparables(conduct.listed(market.classes()), market), version, now);
            default -> history(key, version, now);
        };
    }

    /** A flapping crawl loses some classes too. */
    private List<ServerClass> seen(Conduct conduct) {
        return market.classes().stream()
                .filter(serverClass ->
                        !conduct.yesterday() || Math.floorMod(serverClass.name().hashCode(), 7) != 0)
                .toList();
    }

    private Response history(String key, String version, Instant now) {
        if (!key.startsWith("history/")) {
            return noObject();
        }
        return market.serverClass(key.substring("history/".length()))
                .map(serverClass -> stored(Feed.history(serverClass, market, now), version, now))
                .orElseGet(RackspaceProtocol::noObject);
    }

    private Response stored(Fields content, String version, Instant now) {
        return Response.json(200, content)
                .with("ETag", version)
                .with("Last-Modified", HttpDate.of(market.lastChange(now)));
    }

    private Response resource(Request request, String path, Conduct conduct) {
        if (!path.startsWith("api/")) {
            return status(404, "NotFound", "the server could not find the requested resource");
        }
        if (!tokens.valid(request)) {
            return Response.json(401, Fields.with("error", "access_denied").and("error_description", "Unauthorized"));
        }
        return path.startsWith(API)
                ? resource(path.substring(API.length()), conduct)
                : status(404, "NotFound", "the server could not find the requested resource");
    }

    private Response resource(String path, Conduct conduct) {
        var now = clock.instant();
        if (path.equals("serverclasses")) {
            return list(
                    "ServerClassList",
                    conduct.listed(market.classes()).stream()
                            .map(serverClass -> Resources.serverClass(serverClass, market, now))
                            .toList());
        }
        if (path.equals("regions")) {
            return list("RegionList", conduct.listed(Resources.regions(market.classes())));
        }
        return market.serverClass(path.startsWith("serverclasses/") ? path.substring("serverclasses/".length()) : "")
                .map(serverClass -> Response.json(200, Resources.serverClass(serverClass, market, now)))
                .orElseGet(() -> status(404, "NotFound", "the server could not find the requested resource"));
    }

    private static Response list(String kind, List<Fields> items) {
        return Response.json(
                200,
                Fields.with("apiVersion", "ngpc.rxt.io/v1")
                        .and("kind", kind)
                        .and("metadata", Map.of())
                        .and("items", items));
    }

    /** What a bucket without a right to list says of a key that it lacks. */
    private static Response noObject() {
        return Response.of(
                403,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
    }

    @Override
    public Response refusal(Call call, Refusal refusal) {
        return status(refusal.status(), refusal.code(), refusal.message());
    }

    @Override
    public Response throttled(Call call) {
        return status(429, "TooManyRequests", "too many requests, please try again later")
                .with("Retry-After", "1");
    }

    private static Response status(int code, String reason, String message) {
        return Response.json(
                code,
                Fields.with("kind", "Status")
                        .and("apiVersion", "v1")
                        .and("metadata", Map.of())
                        .and("status", "Failure")
                        .and("message", message)
                        .and("reason", reason)
                        .and("code", code));
    }
}
