package io.spotplane.simulator.openstack;

import io.spotplane.simulator.behaviour.Call;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Refusal;
import io.spotplane.simulator.wire.Fields;
import io.spotplane.simulator.wire.Json;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Keystone v3: {@code /v3/auth/tokens}. Any non-empty password is right, except one that is {@code wrong}. */
final class KeystoneProtocol implements Protocol {

    private final String novaPath;
    private final Tokens tokens;
    private final InstantSource clock;

    KeystoneProtocol(String novaPath, Tokens tokens, InstantSource clock) {
        this.novaPath = novaPath;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Call identify(Request request) {
        return Call.of(Provider.OPENSTACK, request.method() + " auth/tokens", Map.of());
    }

    @Override
    public Response answer(Request request, Conduct conduct) {
        if (!request.path().endsWith("/v3/auth/tokens")) {
            return error(404, "Not Found", "The resource could not be found.");
        }
        return switch (request.method()) {
            case "POST" -> issue(request);
            case "GET", "HEAD" -> validate(request);
            default -> error(405, "Method Not Allowed", "The method is not allowed for the requested URL.");
        };
    }

    private Response issue(Request request) {
        if (!known(identity(request))) {
            return error(401, "Unauthorized", "The request you have made requires authentication.");
        }
        var token = tokens.issue();
        return Response.json(201, body(token, request.origin())).with("X-Subject-Token", token);
    }

    private static JsonNode identity(Request request) {
        try {
            return Json.read(request.body()).path("auth").path("identity");
        } catch (JacksonException e) {
            return Json.read("{}");
        }
    }

    private static boolean known(JsonNode identity) {
        var secret = switch (identity.path("methods").path(0).asString("")) {
            case "password" ->
                identity.path("password").path("user").path("password").asString("");
            case "application_credential" ->
                identity.path("application_credential").path("secret").asString("");
            default -> "";
        };
        return !secret.isEmpty() && !secret.equals("wrong");
    }

    private Response validate(Request request) {
        var token = request.header("X-Subject-Token").orElse("");
        return tokens.valid(token)
                ? Response.json(200, body(token, request.origin()))
                : error(404, "Not Found", "Failed to validate token");
    }

    private Fields body(String token, String origin) {
        return Fields.with(
                "token",
                Fields.with("methods", List.of("password"))
                        .and("roles", List.of(Map.of("id", "r1", "name", "admin")))
                        .and("expires_at", tokens.end(token).toString())
                        .and("issued_at", clock.instant().toString())
                        .and(
                                "project",
                                Map.of(
                                        "id",
                                        "p1",
                                        "name",
                                        "admin",
                                        "domain",
                                        Map.of("id", "default", "name", "Default")))
                        .and(
                                "user",
                                Map.of("id", "u1", "name", "svc", "domain", Map.of("id", "default", "name", "Default")))
                        .and("catalog", List.of(compute(origin + novaPath))));
    }

    private static Fields compute(String url) {
        return Fields.with("type", "compute")
                .and("name", "nova")
                .and("id", "c1")
                .and(
                        "endpoints",
                        List.of("public", "internal", "admin").stream()
                                .map(name -> Fields.with("id", "e-" + name)
                                        .and("interface", name)
                                        .and("region_id", "CA1")
                                        .and("region", "CA1")
                                        .and("url", url))
                                .toList());
    }

    @Override
    public Response refusal(Call call, Refusal refusal) {
        return error(refusal.status(), refusal.code(), refusal.message());
    }

    @Override
    public Response throttled(Call call) {
        return error(429, "Too Many Requests", "slow down").with("Retry-After", "1");
    }

    private static Response error(int status, String title, String message) {
        return Response.json(status, Map.of("error", Map.of("code", status, "message", message, "title", title)));
    }
}
