package io.spotplane.simulator.runpod;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.schema.Coercing;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.market.PodGpu;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** RunPod's GraphQL interface, executed by a real GraphQL engine. Refusals are HTTP 200 with {@code errors}. */
final class PodGraphQl {

    private static final String CONDUCT = "conduct";

    private final PodCloud cloud;
    private final GraphQL engine;

    PodGraphQl(PodCloud cloud) {
        this.cloud = cloud;
        this.engine = GraphQL.newGraphQL(
                        new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(schema()), wiring()))
                .defaultDataFetcherExceptionHandler(PodGraphQl::refused)
                .build();
    }

    /** Executes a document; the answer's JSON object. */
    Map<String, Object> execute(String query, Map<String, Object> variables, Conduct conduct) {
        ExecutionResult result = engine.execute(ExecutionInput.newExecutionInput(query)
                .variables(variables)
                .graphQLContext(Map.of(CONDUCT, conduct))
                .build());
        return result.toSpecification();
    }

    private static InputStreamReader schema() {
        return new InputStreamReader(
                Objects.requireNonNull(PodGraphQl.class.getResourceAsStream("schema.graphqls")),
                StandardCharsets.UTF_8);
    }

    private RuntimeWiring wiring() {
        return RuntimeWiring.newRuntimeWiring()
                .scalar(GraphQLScalarType.newScalar()
                        .name("Anything")
                        .coercing(new Plain())
                        .build())
                .type(
                        "Query",
                        query -> query.dataFetcher("gpuTypes", this::gpuTypes)
                                .dataFetcher("myself", _ -> myself())
                                .dataFetcher(
                                        "pod",
                                        call -> cloud.find(String.valueOf(
                                                        input(call).get("podId")))
                                                .map(this::pod)
                                                .orElse(null)))
                .type(
                        "Mutation",
                        mutation -> mutation.dataFetcher("podRentInterruptable", call -> deploy(call, true))
                                .dataFetcher("podFindAndDeployOnDemand", call -> deploy(call, false))
                                .dataFetcher("podTerminate", this::terminate))
                .type("GpuType", type -> type.dataFetcher("lowestPrice", this::lowestPrice))
                .build();
    }

    private List<Map<String, @Nullable Object>> gpuTypes(DataFetchingEnvironment call) {
        var wanted = input(call).get("id");
        return conduct(call).listed(cloud.gpus()).stream()
                .filter(gpu -> wanted == null || gpu.id().equals(wanted))
                .map(PodGraphQl::gpuType)
                .toList();
    }

    private static Map<String, @Nullable Object> gpuType(PodGpu gpu) {
        var type = new LinkedHashMap<String, @Nullable Object>();
        type.put("id", gpu.id());
        type.put("displayName", gpu.name());
        type.put("manufacturer", gpu.manufacturer());
        type.put("memoryInGb", gpu.memoryGb());
        type.put("secureCloud", gpu.secure() != null);
        type.put("communityCloud", gpu.community() != null);
        type.put("securePrice", gpu.secure());
        type.put("communityPrice", gpu.community());
        type.put("secureSpotPrice", gpu.secureSpot());
        type.put("communitySpotPrice", gpu.communitySpot());
        type.put("maxGpuCount", Math.max(gpu.maxSecure(), gpu.maxCommunity()));
        type.put("maxGpuCountSecureCloud", gpu.maxSecure());
        type.put("maxGpuCountCommunityCloud", gpu.maxCommunity());
        type.put("minPodGpuCount", 1);
        return type;
    }

    /** Per GPU. Without {@code secureCloud} the answer is of little use, as users recorded. */
    private Map<String, @Nullable Object> lowestPrice(DataFetchingEnvironment call) {
        Map<String, Object> type = Objects.requireNonNull(call.getSource());
        var gpu = cloud.gpu(String.valueOf(type.get("id"))).orElseThrow();
        var input = input(call);
        var secure = Boolean.TRUE.equals(input.get("secureCloud"));
        int count = input.get("gpuCount") instanceof Integer number ? number : 1;
        var sold = count <= gpu.most(secure);
        var price = new LinkedHashMap<String, @Nullable Object>();
        price.put("gpuName", gpu.name());
        price.put("gpuTypeId", gpu.id());
        price.put("minimumBidPrice", sold ? gpu.spot(secure).orElse(null) : null);
        price.put("uninterruptablePrice", sold ? gpu.onDemand(secure).orElse(null) : null);
        price.put("minVcpu", gpu.vcpus() * count);
        price.put("minMemory", gpu.ramGb() * count);
        price.put("stockStatus", sold ? gpu.stock() : null);
        price.put(
                "availableGpuCounts",
                List.of(1, 2, 4, 8).stream()
                        .filter(each -> each <= gpu.most(secure))
                        .toList());
        return price;
    }

    private Map<String, @Nullable Object> myself() {
        var user = new LinkedHashMap<String, @Nullable Object>();
        user.put("id", "user_simulated");
        user.put("clientBalance", cloud.balance());
        user.put("currentSpendPerHr", cloud.spendPerHour());
        user.put("spendLimit", PodCloud.spendLimit());
        user.put("pods", cloud.listed().stream().map(this::pod).toList());
        return user;
    }

    private Map<String, @Nullable Object> deploy(DataFetchingEnvironment call, boolean spot) {
        var input = input(call);
        var bid = input.get("bidPerGpu") == null ? null : new BigDecimal(String.valueOf(input.get("bidPerGpu")));
        if (spot && bid == null) {
            throw new PodRefusal("BAD_USER_INPUT", 400, "bidPerGpu is required");
        }
        var order = new PodOrder(
                String.valueOf(input.getOrDefault("name", "")),
                String.valueOf(input.getOrDefault("imageName", "")),
                String.valueOf(input.getOrDefault("gpuTypeId", "")),
                !"COMMUNITY".equals(String.valueOf(input.get("cloudType"))),
                input.get("gpuCount") instanceof Integer number ? number : 1,
                spot ? bid : null);
        return pod(cloud.deploy(order, conduct(call)));
    }

    private @Nullable Object terminate(DataFetchingEnvironment call) {
        if (!conduct(call).silent()) {
            cloud.terminate(String.valueOf(input(call).get("podId")));
        }
        return null;
    }

    private Map<String, @Nullable Object> pod(Pod pod) {
        var now = cloud.clock().instant();
        var status = pod.status(now);
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", pod.id);
        fields.put("name", pod.order.name());
        fields.put("desiredStatus", status.equals("PROVISIONING") ? "RUNNING" : status);
        fields.put("costPerHr", pod.costPerHour);
        fields.put("gpuCount", pod.order.gpuCount());
        fields.put("imageName", pod.order.image());
        fields.put("podType", pod.order.spot() ? "INTERRUPTABLE" : "RESERVED");
        fields.put("machineId", "m-" + pod.id);
        fields.put(
                "machine",
                Map.of(
                        "gpuDisplayName",
                        pod.gpu.name(),
                        "podHostId",
                        pod.id + "-host",
                        "dataCenterId",
                        pod.dataCentre));
        fields.put(
                "runtime",
                pod.reachable(now)
                        ? Map.of(
                                "uptimeInSeconds",
                                (int) Duration.between(pod.createdAt, now).toSeconds(),
                                "ports",
                                List.of())
                        : null);
        return fields;
    }

    private static Map<String, Object> input(DataFetchingEnvironment call) {
        Map<String, Object> input = call.getArgument("input");
        return input == null ? Map.of() : input;
    }

    private static Conduct conduct(DataFetchingEnvironment call) {
        GraphQLContext context = call.getGraphQlContext();
        return Objects.requireNonNull(context.get(CONDUCT));
    }

    private static CompletableFuture<DataFetcherExceptionHandlerResult> refused(
            DataFetcherExceptionHandlerParameters parameters) {
        var cause = parameters.getException();
        var code = cause instanceof PodRefusal refusal ? refusal.code() : "INTERNAL_SERVER_ERROR";
        var error = GraphqlErrorBuilder.newError(parameters.getDataFetchingEnvironment())
                .message("%s", String.valueOf(cause.getMessage()))
                .extensions(Map.of("code", code, "userId", "user_simulated"))
                .build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }

    /** Any JSON value, as it is. */
    private static final class Plain implements Coercing<Object, Object> {}
}
