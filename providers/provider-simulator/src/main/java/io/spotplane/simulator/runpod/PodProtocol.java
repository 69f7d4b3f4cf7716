package io.spotplane.simulator.runpod;

import io.spotplane.simulator.behaviour.Call;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Refusal;
import io.spotplane.simulator.market.PodGpu;
import io.spotplane.simulator.wire.Fields;
import io.spotplane.simulator.wire.Json;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** RunPod's two interfaces: {@code POST /graphql} and REST v2 below {@code /v2}. */
public final class PodProtocol implements Protocol {

    private static final Pattern ROOT_FIELDS = Pattern.compile(
            "\\b(podRentInterruptable|podFindAndDeployOnDemand|podTerminate|gpuTypes|myself|pod)\\s*[({]");
    private static final List<String> POD_FIELDS = List.of(
            "name",
            "image",
            "gpu",
            "cpu",
            "cloud",
            "dataCenterIds",
            "disk",
            "mounts",
            "ports",
            "env",
            "args",
            "registry",
            "startSsh",
            "startJupyter",
            "globalNetworking",
            "templateId");

    private final String prefix;
    private final PodCloud cloud;
    private final PodGraphQl graphQl;

    /** @param prefix path below which both interfaces live */
    public PodProtocol(String prefix, PodCloud cloud) {
        this.prefix = prefix;
        this.cloud = cloud;
        this.graphQl = new PodGraphQl(cloud);
    }

    @Override
    public Call identify(Request request) {
        var path = request.pathBelow(prefix);
        var body = body(request).orElse(null);
        var attributes = new LinkedHashMap<String, String>();
        if (body != null) {
            var input = body.path("variables").path("input");
            note(attributes, first(input.path("gpuTypeId"), body.path("gpu").path("id")));
            name(attributes, first(input.path("name"), body.path("name")));
        }
        return new Call(Provider.RUNPOD, operations(request.method(), path, body), attributes);
    }

    private static JsonNode first(JsonNode one, JsonNode other) {
        return one.isString() ? one : other;
    }

    private void note(Map<String, String> attributes, JsonNode gpuTypeId) {
        if (gpuTypeId.isString()) {
            attributes.put("instanceType", gpuTypeId.asString());
            attributes.put("gpuName", gpuTypeId.asString());
            attributes.put(
                    "gpu", cloud.gpu(gpuTypeId.asString()).map(PodGpu::name).orElse(""));
        }
    }

    private static void name(Map<String, String> attributes, JsonNode name) {
        if (name.isString()) {
            attributes.put("name", name.asString());
        }
    }

    private static List<String> operations(String method, String path, @Nullable JsonNode body) {
        if (!path.equals("graphql")) {
            return List.of(method + " /" + path.replaceAll("^(v2/pods)/[^/]+", "$1/{id}"));
        }
        var fields = new ArrayList<String>();
        var found = ROOT_FIELDS.matcher(body == null ? "" : body.path("query").asString(""));
        while (found.find()) {
            fields.add(found.group(1));
        }
        return fields.isEmpty()
                ? List.of("graphql")
                : fields.stream().distinct().toList();
    }

    @Override
    public Response answer(Request request, Conduct conduct) {
        var path = request.pathBelow(prefix);
        if (request.header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .isEmpty()) {
            return path.equals("graphql")
                    ? Response.json(401, Map.of("message", "Unauthorized"))
                    : problem(401, "Unauthorized", "missing bearer token");
        }
        try {
            return path.equals("graphql") ? graphQl(request, conduct) : rest(request.method(), path, request, conduct);
        } catch (PodRefusal refusal) {
            return problem(refusal.status(), "Refused", String.valueOf(refusal.getMessage()));
        }
    }

    private Response graphQl(Request request, Conduct conduct) {
        var body = body(request).orElse(null);
        if (body == null || !body.path("query").isString()) {
            return Response.json(400, Map.of("errors", List.of(Map.of("message", "a query is required"))));
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> variables =
                body.path("variables").isObject() ? Json.convert(body.path("variables"), Map.class) : Map.of();
        return Response.json(200, graphQl.execute(body.path("query").asString(), variables, conduct));
    }

    private Response rest(String method, String path, Request request, Conduct conduct) {
        var parts = path.split("/");
        return switch (method + " " + (parts.length > 2 && parts[1].equals("pods") ? "v2/pods/{id}" : path)) {
            case "GET v2/pods" ->
                Response.json(
                        200,
                        Map.of(
                                "pods",
                                conduct.listed(cloud.listed()).stream()
                                        .map(this::pod)
                                        .toList()));
            case "POST v2/pods" -> Response.json(201, pod(create(request, conduct)));
            case "GET v2/pods/{id}" -> Response.json(200, pod(find(parts[2])));
            case "DELETE v2/pods/{id}" -> delete(parts[2], conduct);
            case "POST v2/pods/{id}" -> act(parts, request, conduct);
            case "GET v2/catalog/gpus" ->
                Response.json(
                        200,
                        Map.of(
                                "gpus",
                                conduct.listed(cloud.gpus()).stream()
                                        .map(PodProtocol::gpu)
                                        .toList()));
            default -> problem(404, "Not Found", "no route " + method + " /" + path);
        };
    }

    private Pod create(Request request, Conduct conduct) {
        var body = body(request).orElseThrow(() -> new PodRefusal("BAD_USER_INPUT", 422, "body is not JSON"));
        body.propertyNames().stream()
                .filter(name -> !POD_FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new PodRefusal("BAD_USER_INPUT", 422, "unknown field '" + name + "'");
                });
        if (!body.path("name").isString()
                || !body.path("gpu").path("id").isString()
                || !body.path("image").isString()) {
            throw new PodRefusal("BAD_USER_INPUT", 422, "name, image and gpu.id are required");
        }
        return cloud.deploy(
                new PodOrder(
                        body.path("name").asString(),
                        body.path("image").asString(),
                        body.path("gpu").path("id").asString(),
                        !body.path("cloud").asString("SECURE").equals("COMMUNITY"),
                        body.path("gpu").path("count").asInt(1),
                        null),
                conduct);
    }

    private Pod find(String id) {
        return cloud.find(id).orElseThrow(() -> new PodRefusal("NOT_FOUND", 404, "pod not found"));
    }

    private Response delete(String id, Conduct conduct) {
        find(id);
        if (!conduct.silent()) {
            cloud.terminate(id);
        }
        return Response.empty(204);
    }

    private Response act(String[] parts, Request request, Conduct conduct) {
        var action = body(request).map(body -> body.path("action").asString("")).orElse("");
        return action.equals("terminate")
                ? delete(parts[2], conduct)
                : problem(409, "Conflict", "action '" + action + "' is not allowed now");
    }

    private Fields pod(Pod pod) {
        var now = cloud.clock().instant();
        var status = pod.status(now);
        return Fields.with("id", pod.id)
                .and("name", pod.order.name())
                .and("status", status)
                .and(
                        "actions",
                        status.equals("EXITED")
                                ? List.of("start", "terminate")
                                : List.of("stop", "restart", "terminate"))
                .and("image", pod.order.image())
                .and("disk", 50)
                .and("gpu", Map.of("id", pod.order.gpuTypeId(), "count", pod.order.gpuCount()))
                .and("cloud", pod.order.secureCloud() ? "SECURE" : "COMMUNITY")
                .and("dataCenterId", pod.dataCentre)
                .and("cost", pod.living() ? pod.costPerHour : 0)
                .and("runtime", status.equals("RUNNING") ? Map.of("uptimeSeconds", uptime(pod, now)) : null)
                .and(
                        "ssh",
                        Fields.with("proxy", Map.of("host", "ssh.runpod.io", "port", 22, "username", pod.id))
                                .and(
                                        "direct",
                                        pod.reachable(now) ? Map.of("host", "198.51.100.7", "port", pod.port()) : null))
                .and("ports", List.of("22/tcp"))
                .and("locked", false)
                .and("createdAt", pod.createdAt.toString())
                .and("startedAt", status.equals("RUNNING") ? pod.createdAt.toString() : null);
    }

    private static long uptime(Pod pod, Instant now) {
        return java.time.Duration.between(pod.createdAt, now).toSeconds();
    }

    private static Fields gpu(PodGpu gpu) {
        return Fields.with("id", gpu.id())
                .and("name", gpu.name())
                .and("manufacturer", gpu.manufacturer())
                .and("memory", gpu.memoryGb())
                .and("pool", gpu.pool())
                .and("secure", gpu.secure() != null)
                .and("community", gpu.community() != null)
                .and("price", Fields.with("secure", gpu.secure()).and("community", gpu.community()))
                .and("maxCount", Math.max(gpu.maxSecure(), gpu.maxCommunity()))
                .and("availability", gpu.stock().toUpperCase(java.util.Locale.ROOT));
    }

    @Override
    public Response refusal(Call call, Refusal refusal) {
        return call.operations().stream().anyMatch(operation -> operation.contains("/"))
                ? problem(refusal.status(), refusal.code(), refusal.message())
                : Response.json(
                        refusal.status(),
                        Map.of(
                                "errors",
                                List.of(Map.of(
                                        "message", refusal.message(), "extensions", Map.of("code", refusal.code())))));
    }

    @Override
    public Response throttled(Call call) {
        return problem(429, "Too Many Requests", "rate limit exceeded").with("Retry-After", "1");
    }

    private static Response problem(int status, String title, String detail) {
        return Response.of(
                status,
                "application/problem+json",
                Json.write(Fields.with("type", "about:blank")
                        .and("title", title)
                        .and("status", status)
                        .and("detail", detail)));
    }

    private static Optional<JsonNode> body(Request request) {
        try {
            return Stream.of(request.body())
                    .filter(text -> !text.isBlank())
                    .map(Json::read)
                    .filter(JsonNode::isObject)
                    .findFirst();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
