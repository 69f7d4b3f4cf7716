package io.spotplane.simulator.ec2;

import io.spotplane.simulator.behaviour.Call;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Refusal;
import io.spotplane.simulator.market.Facts;
import io.spotplane.simulator.market.InstanceType;
import io.spotplane.simulator.market.SpotMarket;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** EC2's Query protocol: a form with an {@code Action}, answered in XML. The region is that of the request's signature. */
public final class Ec2Protocol implements Protocol {

    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d{8}/([a-z0-9-]+)/ec2/aws4_request");
    private static final int DEFAULT_PAGE = 1000;

    private final Ec2Cloud cloud;
    private final SpotMarket market;
    private final InstantSource clock;

    public Ec2Protocol(Ec2Cloud cloud, SpotMarket market, InstantSource clock) {
        this.cloud = cloud;
        this.market = market;
        this.clock = clock;
    }

    @Override
    public Call identify(Request request) {
        var form = new Form(request);
        var attributes = new LinkedHashMap<String, String>();
        region(request).ifPresent(region -> attributes.put("region", region));
        form.get("Placement.AvailabilityZone").ifPresent(zone -> attributes.put("zone", zone));
        form.get("ClientToken").ifPresent(token -> attributes.put("clientToken", token));
        form.get("InstanceId.1").ifPresent(id -> attributes.put("instanceId", id));
        form.get("InstanceType").ifPresent(type -> {
            attributes.put("instanceType", type);
            attributes.put("gpu", market.type(type).map(InstanceType::gpuName).orElse(""));
            attributes.put("capacityType", spot(form) ? "spot" : "on-demand");
        });
        return Call.of(Provider.AWS, form.get("Action").orElse("none"), attributes);
    }

    @Override
    public Response answer(Request request, Conduct conduct) {
        try {
            var region = region(request)
                    .orElseThrow(() -> new Ec2Refusal(
                            401, "AuthFailure", "AWS was not able to validate the provided access credentials"));
            return xml(200, dispatch(new Form(request), region, conduct));
        } catch (Ec2Refusal refusal) {
            return xml(refusal.status(), Xml.error(refusal.code(), String.valueOf(refusal.getMessage())));
        }
    }

    private String dispatch(Form form, String region, Conduct conduct) {
        return switch (form.require("Action")) {
            case "DescribeRegions" -> regions();
            case "DescribeSpotPriceHistory" -> spotPriceHistory(form, region, conduct);
            case "DescribeInstanceTypes" -> instanceTypes(form, conduct);
            case "RunInstances" -> runInstances(form, region, conduct);
            case "DescribeInstances" -> describeInstances(form, region, conduct);
            case "DescribeInstanceStatus" -> instanceStatus(form, region, conduct);
            case "DescribeSpotInstanceRequests" -> spotRequests(form, region, conduct);
            case "TerminateInstances" -> terminate(form, region, conduct);
            default ->
                throw Ec2Refusal.client(
                        "InvalidAction",
                        "The action " + form.require("Action") + " is not valid for this web service.");
        };
    }

    @Override
    public Response refusal(Call call, Refusal refusal) {
        return xml(refusal.status(), Xml.error(refusal.code(), refusal.message()));
    }

    @Override
    public Response throttled(Call call) {
        return xml(503, Xml.error("RequestLimitExceeded", "Request limit exceeded."));
    }

    private static String regions() {
        return Xml.response(
                "DescribeRegions",
                xml -> xml.items(
                        "regionInfo",
                        Facts.REGIONS,
                        (item, region) -> item.text("regionName", region)
                                .text("regionEndpoint", "ec2." + region + ".amazonaws.com")
                                .text("optInStatus", "opt-in-not-required")));
    }

    private String spotPriceHistory(Form form, String region, Conduct conduct) {
        var zones = new java.util.ArrayList<>(form.filters().getOrDefault("availability-zone", List.of()));
        form.get("AvailabilityZone").ifPresent(zones::add);
        var products = form.list("ProductDescription");
        var start = form.get("StartTime").map(Instant::parse).orElse(Instant.EPOCH);
        var end = form.get("EndTime").map(Instant::parse).orElse(Instant.MAX);
        var history = !products.isEmpty() && products.stream().noneMatch(product -> product.startsWith("Linux/UNIX"))
                ? List.<SpotMarket.Change>of()
                : inForce(market.history(region, form.list("InstanceType"), zones), start, end);
        var page = Page.of(conduct.listed(history), form, DEFAULT_PAGE);
        return Xml.response(
                "DescribeSpotPriceHistory",
                xml -> xml.items(
                                "spotPriceHistorySet",
                                page.items(),
                                (item, change) -> item.text(
                                                "instanceType", change.pool().instanceType())
                                        .text("productDescription", "Linux/UNIX")
                                        .text(
                                                "spotPrice",
                                                change.price()
                                                        .setScale(6, java.math.RoundingMode.HALF_UP)
                                                        .toPlainString())
                                        .text("timestamp", millis(change.since()))
                                        .text("availabilityZone", change.pool().zone()))
                        .text("nextToken", page.nextToken()));
    }

    /** Changes between the two times, and of each pool the one that was in force at the start. */
    private static List<SpotMarket.Change> inForce(List<SpotMarket.Change> newestFirst, Instant start, Instant end) {
        var before = new java.util.HashSet<SpotMarket.Pool>();
        return newestFirst.stream()
                .filter(change -> !change.since().isAfter(end))
                .filter(change -> change.since().isAfter(start) || before.add(change.pool()))
                .toList();
    }

    private String instanceTypes(Form form, Conduct conduct) {
        var wanted = form.list("InstanceType");
        var types = market.types().stream()
                .filter(type -> wanted.isEmpty() || wanted.contains(type.name()))
                .toList();
        var page = Page.of(conduct.listed(types), form, 100);
        return Xml.response(
                "DescribeInstanceTypes",
                xml -> xml.items("instanceTypeSet", page.items(), Ec2Protocol::instanceType)
                        .text("nextToken", page.nextToken()));
    }

    private static void instanceType(Xml item, InstanceType type) {
        item.text("instanceType", type.name())
                .text("currentGeneration", true)
                .element(
                        "supportedUsageClasses",
                        classes -> classes.text("item", "on-demand").text("item", "spot"))
                .element(
                        "processorInfo",
                        cpu -> cpu.element("supportedArchitectures", all -> all.text("item", type.architecture())))
                .element("vCpuInfo", cpu -> cpu.text("defaultVCpus", type.vcpus()))
                .element("memoryInfo", memory -> memory.text("sizeInMiB", type.memoryMib()));
        var gpu = type.gpu();
        if (gpu != null) {
            item.element(
                    "gpuInfo",
                    info -> info.items(
                                    "gpus",
                                    List.of(gpu),
                                    (each, one) -> each.text("name", one.name())
                                            .text("manufacturer", one.manufacturer())
                                            .text("count", one.count())
                                            .element("memoryInfo", memory -> memory.text("sizeInMiB", one.memoryMib())))
                            .text("totalGpuMemoryInMiB", gpu.count() * gpu.memoryMib()));
        }
    }

    private String runInstances(Form form, String region, Conduct conduct) {
        if (!form.require("MinCount").equals("1") || !form.require("MaxCount").equals("1")) {
            throw Ec2Refusal.client("InvalidParameterValue", "this simulation runs one instance a call");
        }
        form.require("ImageId");
        var type = form.require("InstanceType");
        if (market.type(type).isEmpty()) {
            throw Ec2Refusal.client("InvalidParameterValue", "Invalid value '" + type + "' for InstanceType.");
        }
        var instance = cloud.run(order(form, region), conduct);
        return Xml.response(
                "RunInstances",
                xml -> xml.text("reservationId", "r-" + instance.id.substring(2))
                        .text("ownerId", "123456789012")
                        .items("instancesSet", List.of(instance), this::instance));
    }

    private static Ec2Order order(Form form, String region) {
        return new Ec2Order(
                region,
                form.require("InstanceType"),
                form.require("ImageId"),
                form.get("Placement.AvailabilityZone").orElse(null),
                spot(form),
                form.get("InstanceMarketOptions.SpotOptions.MaxPrice")
                        .map(BigDecimal::new)
                        .orElse(null),
                form.get("ClientToken").orElse(""),
                form.instanceTags());
    }

    private static boolean spot(Form form) {
        return form.get("InstanceMarketOptions.MarketType")
                .filter("spot"::equals)
                .isPresent();
    }

    private String describeInstances(Form form, String region, Conduct conduct) {
        var ids = form.list("InstanceId");
        var visible = cloud.visible(region);
        ids.stream()
                .filter(id -> visible.stream().noneMatch(instance -> instance.id.equals(id)))
                .findFirst()
                .ifPresent(id -> {
                    throw Ec2Refusal.client(
                            "InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
                });
        var found = visible.stream()
                .filter(instance -> ids.isEmpty() || ids.contains(instance.id))
                .filter(matching(form))
                .toList();
        var page = Page.of(conduct.listed(found), form, DEFAULT_PAGE);
        return Xml.response(
                "DescribeInstances",
                xml -> xml.items(
                                "reservationSet",
                                page.items(),
                                (item, instance) -> item.text("reservationId", "r-" + instance.id.substring(2))
                                        .text("ownerId", "123456789012")
                                        .items("instancesSet", List.of(instance), this::instance))
                        .text("nextToken", page.nextToken()));
    }

    private Predicate<Ec2Instance> matching(Form form) {
        var now = clock.instant();
        return form.filters().entrySet().stream()
                .map(filter -> matching(filter.getKey(), filter.getValue(), now))
                .reduce(_ -> true, Predicate::and);
    }

    private static Predicate<Ec2Instance> matching(String name, List<String> values, Instant now) {
        if (name.startsWith("tag:")) {
            return instance -> values.contains(instance.order.tags().getOrDefault(name.substring(4), "\0"));
        }
        return switch (name) {
            case "tag-key" -> instance -> values.stream().anyMatch(instance.order.tags()::containsKey);
            case "instance-state-name" -> instance -> values.contains(instance.state(now).word);
            case "instance-lifecycle" -> instance -> values.contains("spot") == instance.order.spot();
            case "client-token" -> instance -> values.contains(instance.order.clientToken());
            default -> throw Ec2Refusal.client("InvalidParameterValue", "The filter '" + name + "' is invalid");
        };
    }

    private void instance(Xml item, Ec2Instance instance) {
        var now = clock.instant();
        var state = instance.state(now);
        item.text("instanceId", instance.id)
                .text("imageId", instance.order.image())
                .element(
                        "instanceState",
                        element -> element.text("code", state.code).text("name", state.word))
                .text("instanceType", instance.order.instanceType())
                .text("clientToken", instance.order.clientToken())
                .text("launchTime", millis(instance.createdAt))
                .element("placement", placement -> placement.text("availabilityZone", instance.zone))
                .items(
                        "tagSet",
                        List.copyOf(instance.order.tags().entrySet()),
                        (tag, entry) -> tag.text("key", entry.getKey()).text("value", entry.getValue()));
        if (instance.order.spot()) {
            item.text("instanceLifecycle", "spot").text("spotInstanceRequestId", instance.spotRequestId);
        }
        if (state == Ec2Instance.State.RUNNING) {
            var last = Math.floorMod(instance.id.hashCode(), 250) + 2;
            item.text("privateIpAddress", "10.0.0." + last).text("ipAddress", "203.0.113." + last);
        }
        if (instance.reclaimed(now)) {
            item.element(
                    "stateReason",
                    reason -> reason.text("code", "Server.SpotInstanceTermination")
                            .text("message", "Server.SpotInstanceTermination: Spot instance termination"));
        } else if (instance.endedByUser()) {
            item.element(
                    "stateReason",
                    reason -> reason.text("code", "Client.UserInitiatedShutdown")
                            .text("message", "Client.UserInitiatedShutdown: User initiated shutdown"));
        }
    }

    private String instanceStatus(Form form, String region, Conduct conduct) {
        var now = clock.instant();
        var ids = form.list("InstanceId");
        var all = form.get("IncludeAllInstances").filter("true"::equals).isPresent();
        var found = cloud.visible(region).stream()
                .filter(instance -> ids.isEmpty() || ids.contains(instance.id))
                .filter(instance -> all || instance.state(now) == Ec2Instance.State.RUNNING)
                .toList();
        var page = Page.of(conduct.listed(found), form, DEFAULT_PAGE);
        return Xml.response(
                "DescribeInstanceStatus",
                xml -> xml.items(
                                "instanceStatusSet",
                                page.items(),
                                (item, instance) -> item.text("instanceId", instance.id)
                                        .text("availabilityZone", instance.zone)
                                        .element(
                                                "instanceState",
                                                state -> state.text("code", instance.state(now).code)
                                                        .text("name", instance.state(now).word))
                                        .element("systemStatus", status -> check(status, instance, now))
                                        .element("instanceStatus", status -> check(status, instance, now)))
                        .text("nextToken", page.nextToken()));
    }

    private static void check(Xml status, Ec2Instance instance, Instant now) {
        var word = instance.state(now) != Ec2Instance.State.RUNNING
                ? "not-applicable"
                : instance.reachable(now) ? "ok" : "initializing";
        status.text("status", word)
                .element(
                        "details",
                        details -> details.element(
                                "item",
                                item -> item.text("name", "reachability")
                                        .text("status", word.equals("ok") ? "passed" : word)));
    }

    private String spotRequests(Form form, String region, Conduct conduct) {
        var now = clock.instant();
        var ids = form.list("SpotInstanceRequestId");
        var filters = form.filters();
        var found = cloud.visible(region).stream()
                .filter(instance -> instance.order.spot())
                .filter(instance -> ids.isEmpty() || ids.contains(instance.spotRequestId))
                .filter(instance -> matchesSpotFilters(instance, filters, now))
                .toList();
        var page = Page.of(conduct.listed(found), form, DEFAULT_PAGE);
        return Xml.response(
                "DescribeSpotInstanceRequests",
                xml -> xml.items(
                                "spotInstanceRequestSet",
                                page.items(),
                                (item, instance) -> spotRequest(item, instance, now))
                        .text("nextToken", page.nextToken()));
    }

    private static boolean matchesSpotFilters(Ec2Instance instance, Map<String, List<String>> filters, Instant now) {
        return filters.entrySet().stream().allMatch(filter -> switch (filter.getKey()) {
            case "status-code" -> filter.getValue().contains(spotStatus(instance, now));
            case "instance-id" -> filter.getValue().contains(instance.id);
            case "state" -> filter.getValue().contains(spotState(instance, now));
            default ->
                filter.getKey().startsWith("tag:")
                        && filter.getValue()
                                .contains(instance.order
                                        .tags()
                                        .getOrDefault(filter.getKey().substring(4), "\0"));
        });
    }

    private static void spotRequest(Xml item, Ec2Instance instance, Instant now) {
        var announced = instance.reclaimAnnouncedAt();
        item.text("spotInstanceRequestId", instance.spotRequestId)
                .text("state", spotState(instance, now))
                .text("instanceId", instance.id)
                .text("type", "one-time")
                .text("createTime", millis(instance.createdAt))
                .element(
                        "status",
                        status -> status.text("code", spotStatus(instance, now))
                                .text("updateTime", millis(announced == null ? instance.createdAt : announced))
                                .text("message", "simulated"))
                .items(
                        "tagSet",
                        List.copyOf(instance.order.tags().entrySet()),
                        (tag, entry) -> tag.text("key", entry.getKey()).text("value", entry.getValue()));
    }

    private static String spotState(Ec2Instance instance, Instant now) {
        return switch (instance.state(now)) {
            case PENDING, RUNNING -> "active";
            case SHUTTING_DOWN, TERMINATED -> "closed";
        };
    }

    private static String spotStatus(Ec2Instance instance, Instant now) {
        if (instance.markedForTermination(now)) {
            return "marked-for-termination";
        }
        return switch (instance.state(now)) {
            case PENDING, RUNNING -> "fulfilled";
            case SHUTTING_DOWN, TERMINATED ->
                instance.reclaimed(now) ? "instance-terminated-by-service" : "instance-terminated-by-user";
        };
    }

    private String terminate(Form form, String region, Conduct conduct) {
        var now = clock.instant();
        var named = form.list("InstanceId").stream()
                .map(id -> cloud.find(region, id)
                        .orElseThrow(() -> Ec2Refusal.client(
                                "InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist")))
                .toList();
        return Xml.response(
                "TerminateInstances",
                xml -> xml.items("instancesSet", named, (item, instance) -> {
                    var before = instance.state(now);
                    if (!conduct.silent()) {
                        cloud.terminate(instance, now);
                    }
                    item.text("instanceId", instance.id)
                            .element(
                                    "currentState",
                                    state -> state.text("code", instance.state(now).code)
                                            .text("name", instance.state(now).word))
                            .element(
                                    "previousState",
                                    state -> state.text("code", before.code).text("name", before.word));
                }));
    }

    private static Optional<String> region(Request request) {
        return request.header("Authorization")
                .map(SCOPE::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(found -> found.group(1));
    }

    private static Response xml(int status, String body) {
        return Response.of(status, "text/xml;charset=UTF-8", body);
    }

    private static String millis(Instant time) {
        return java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                .withZone(java.time.ZoneOffset.UTC)
                .format(time.truncatedTo(ChronoUnit.MILLIS));
    }
}
