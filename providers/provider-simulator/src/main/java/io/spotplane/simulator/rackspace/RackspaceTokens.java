package io.spotplane.simulator.rackspace;

import io.spotplane.simulator.wire.Fields;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Login: any refresh token but {@code revoked} brings two tokens, of which the API takes the {@code id_token} alone. */
final class RackspaceTokens {

    private final Map<String, Instant> ends = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration life;

    RackspaceTokens(InstantSource clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    Response issue(Request request) {
        var form = request.form();
        if (!first(form, "grant_type").equals("refresh_token")
                || first(form, "client_id").isEmpty()) {
            return Response.json(
                    400,
                    Fields.with("error", "invalid_request")
                            .and("error_description", "grant_type and client_id are required"));
        }
        if (first(form, "refresh_token").isEmpty()
                || first(form, "refresh_token").equals("revoked")) {
            return Response.json(401, Fields.with("error", "access_denied").and("error_description", "Unauthorized"));
        }
        var idToken = token();
        ends.put(idToken, clock.instant().plus(life));
        return Response.json(
                200,
                Fields.with("access_token", token())
                        .and("id_token", idToken)
                        .and("scope", "openid profile email offline_access")
                        .and("expires_in", life.toSeconds())
                        .and("token_type", "Bearer"));
    }

    boolean valid(Request request) {
        return request.header("Authorization")
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> ends.getOrDefault(header.substring("Bearer ".length()), Instant.EPOCH))
                .filter(end -> clock.instant().isBefore(end))
                .isPresent();
    }

    void revokeAll() {
        ends.clear();
    }

    private static String token() {
        return "eyJ" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String first(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of("")).getFirst();
    }
}
