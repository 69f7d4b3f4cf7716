package io.spotplane.simulator.openstack;

import io.spotplane.simulator.behaviour.Call;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Refusal;
import io.spotplane.simulator.datacentre.DataCentre;
import io.spotplane.simulator.wire.Fields;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Nova's compute interface as an administrator reads it, in the shapes of microversion 2.53 (2.88 and later drop capacity). */
final class NovaProtocol implements Protocol {

    private static final Pattern VERSION = Pattern.compile("(?:compute )?2\\.(\\d+)");
    private static final int NEWEST = 104;
    private static final int LARGEST_PAGE = 1000;
    private static final DateTimeFormatter ZONELESS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final String prefix;
    private final DataCentre dataCentre;
    private final Tokens tokens;

    NovaProtocol(String prefix, DataCentre dataCentre, Tokens tokens) {
        this.prefix = prefix;
        this.dataCentre = dataCentre;
        this.tokens = tokens;
    }

    @Override
    public Call identify(Request request) {
        var attributes = new LinkedHashMap<String, String>();
        request.query("host").ifPresent(host -> attributes.put("host", host));
        return Call.of(Provider.OPENSTACK, request.method() + " " + request.pathBelow(prefix), attributes);
    }

    @Override
    public Response answer(Request request, Conduct conduct) {
        if (!tokens.valid(request.header("X-Auth-Token").orElse(""))) {
            return Response.json(
                    401,
                    Map.of(
                            "error",
                            Map.of(
                                    "code",
                                    401,
                                    "title",
                                    "Unauthorized",
                                    "message",
                                    "The request you have made requires authentication.")));
        }
        int version = version(request);
        if (version < 1 || version > NEWEST) {
            return fault(
                    406,
                    "notAcceptable",
                    "Version 2." + version + " is not supported by the API. Minimum is 2.1 and maximum is 2." + NEWEST
                            + ".");
        }
        return route(request, conduct, version).with("OpenStack-API-Version", "compute 2." + version);
    }

    private Response route(Request request, Conduct conduct, int version) {
        return switch (request.method() + " " + request.pathBelow(prefix)) {
            case "GET os-aggregates" ->
                Response.json(
                        200,
                        Map.of(
                                "aggregates",
                                conduct.listed(dataCentre.pools()).stream()
                                        .map(this::aggregate)
                                        .toList()));
            case "GET os-hypervisors/detail" -> hypervisors(request, conduct, version);
            case "GET servers/detail" -> servers(request, conduct);
            case "GET os-services" -> services(request, conduct);
            case "GET flavors/detail" -> flavors(conduct);
            default -> fault(404, "itemNotFound", "The resource could not be found.");
        };
    }

    private static int version(Request request) {
        var header = request.header("OpenStack-API-Version").or(() -> request.header("X-OpenStack-Nova-API-Version"));
        if (header.isEmpty()) {
            return 1;
        }
        var matcher = VERSION.matcher(header.get());
        return matcher.matches()
                ? Integer.parseInt(matcher.group(1))
                : header.get().endsWith("latest") ? NEWEST : -1;
    }

    private Fields aggregate(DataCentre.Pool pool) {
        return Fields.with("id", pool.id())
                .and("uuid", pool.uuid())
                .and("name", pool.name())
                .and("availability_zone", null)
                .and("hosts", pool.hosts())
                .and("metadata", Map.of("gpu", pool.name().split("-n3")[0]))
                .and("created_at", zoneless(dataCentre.grownAt()))
                .and("updated_at", null)
                .and("deleted", false)
                .and("deleted_at", null);
    }

    private Response hypervisors(Request request, Conduct conduct, int version) {
        var page = page(
                request, conduct.listed(dataCentre.hosts()), host -> host.nova().toString());
        var body = Fields.with(
                "hypervisors",
                page.items().stream().map(host -> hypervisor(host, version)).toList());
        return Response.json(200, links(body, "hypervisors_links", page.next(), request));
    }

    private static Fields hypervisor(DataCentre.Host host, int version) {
        var fields = Fields.with("id", host.nova())
                .and("hypervisor_hostname", host.name())
                .and("hypervisor_type", "QEMU")
                .and("hypervisor_version", 8002002)
                .and("host_ip", "10.1." + host.number() / 250 + "." + (1 + host.number() % 250))
                .and("state", "up")
                .and("status", "enabled")
                .and(
                        "service",
                        Fields.with("id", host.service())
                                .and("host", host.name())
                                .and("disabled_reason", null));
        return version >= 88
                ? fields.and("uptime", null)
                : fields.and("vcpus", 192)
                        .and("vcpus_used", host.servers().size() * 24)
                        .and("memory_mb", 1_800_000)
                        .and("memory_mb_used", host.servers().size() * 225_000)
                        .and("local_gb", 30_000)
                        .and("running_vms", host.servers().size());
    }

    private Response servers(Request request, Conduct conduct) {
        var host = request.query("host");
        var all = dataCentre.hosts().stream()
                .filter(each -> host.isEmpty() || host.get().equals(each.name()))
                .flatMap(each -> each.servers().stream().map(server -> new Placed(each, server)))
                .toList();
        var page = page(
                request, conduct.listed(all), placed -> placed.server().id().toString());
        var body =
                Fields.with("servers", page.items().stream().map(this::server).toList());
        return Response.json(200, links(body, "servers_links", page.next(), request));
    }

    private record Placed(DataCentre.Host host, DataCentre.Server server) {}

    private Fields server(Placed placed) {
        var server = placed.server();
        return Fields.with("id", server.id())
                .and("name", server.name())
                .and("status", "ACTIVE")
                .and("tenant_id", server.project())
                .and("user_id", "u-" + server.project())
                .and("flavor", flavor(server.flavor(), server.gpus()))
                .and("addresses", Map.of())
                .and("created", zoneless(dataCentre.grownAt()).substring(0, 19) + "Z")
                .and("updated", zoneless(dataCentre.grownAt()).substring(0, 19) + "Z")
                .and("OS-EXT-SRV-ATTR:host", placed.host().name())
                .and("OS-EXT-SRV-ATTR:hypervisor_hostname", placed.host().name())
                .and(
                        "OS-EXT-SRV-ATTR:instance_name",
                        "instance-" + server.id().toString().substring(0, 8))
                .and("OS-EXT-STS:vm_state", "active")
                .and("OS-EXT-STS:task_state", null)
                .and("OS-EXT-STS:power_state", 1)
                .and("OS-EXT-AZ:availability_zone", "nova");
    }

    private static Fields flavor(String name, int gpus) {
        return Fields.with("original_name", name)
                .and("vcpus", 24 * gpus)
                .and("ram", 225_000 * gpus)
                .and("disk", 100)
                .and("ephemeral", 0)
                .and("swap", 0)
                .and("extra_specs", Map.of());
    }

    private Response services(Request request, Conduct conduct) {
        var host = request.query("host");
        var services = conduct.listed(dataCentre.hosts()).stream()
                .filter(each -> host.isEmpty() || host.get().equals(each.name()))
                .map(each -> Fields.with("id", each.service())
                        .and("binary", "nova-compute")
                        .and("host", each.name())
                        .and("zone", "nova")
                        .and("state", "up")
                        .and("status", "enabled")
                        .and("disabled_reason", null)
                        .and("forced_down", false)
                        .and("updated_at", zoneless(dataCentre.grownAt())))
                .toList();
        return Response.json(200, Map.of("services", services));
    }

    private Response flavors(Conduct conduct) {
        var names = dataCentre.hosts().stream()
                .flatMap(host -> host.servers().stream())
                .map(DataCentre.Server::flavor)
                .distinct()
                .sorted()
                .toList();
        return Response.json(
                200,
                Map.of(
                        "flavors",
                        conduct.listed(names).stream()
                                .map(name -> Fields.with("id", name)
                                        .and("name", name)
                                        .and("vcpus", 24)
                                        .and("ram", 225_000)
                                        .and("disk", 100))
                                .toList()));
    }

    private record Page<T>(List<T> items, Optional<String> next) {}

    /** Nova pages by the id of the last item seen; a marker that does not exist is a bad request, here the first page. */
    private static <T> Page<T> page(Request request, List<T> all, Function<T, String> id) {
        int limit = Math.min(request.query("limit").map(Integer::parseInt).orElse(LARGEST_PAGE), LARGEST_PAGE);
        var marker = request.query("marker").orElse("");
        var rest = marker.isEmpty()
                ? all
                : all.stream()
                        .dropWhile(item -> !id.apply(item).equals(marker))
                        .skip(1)
                        .toList();
        var items = rest.stream().limit(limit).toList();
        return new Page<>(
                items, items.size() < rest.size() ? Optional.of(id.apply(items.getLast())) : Optional.empty());
    }

    private static Fields links(Fields body, String name, Optional<String> next, Request request) {
        return body.andIf(
                next.isPresent(),
                name,
                List.of(Map.of(
                        "rel",
                        "next",
                        "href",
                        request.origin() + request.path() + "?" + query(request, next.orElse("")))));
    }

    private static String query(Request request, String marker) {
        return Stream.concat(
                        request.query().entrySet().stream()
                                .filter(parameter -> !parameter.getKey().equals("marker"))
                                .map(parameter -> parameter.getKey() + "="
                                        + parameter.getValue().getFirst()),
                        Stream.of("marker=" + marker))
                .reduce((one, other) -> one + "&" + other)
                .orElse("");
    }

    @Override
    public Response refusal(Call call, Refusal refusal) {
        return fault(refusal.status(), refusal.code(), refusal.message());
    }

    @Override
    public Response throttled(Call call) {
        return fault(429, "overLimit", "This request was rate-limited.").with("Retry-After", "1");
    }

    private static Response fault(int status, String name, String message) {
        return Response.json(status, Map.of(name, Map.of("code", status, "message", message)));
    }

    private static String zoneless(Instant time) {
        return ZONELESS.format(time);
    }
}
