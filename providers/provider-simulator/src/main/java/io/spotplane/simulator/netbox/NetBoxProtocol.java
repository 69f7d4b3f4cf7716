package io.spotplane.simulator.netbox;

import io.spotplane.simulator.behaviour.Call;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Refusal;
import io.spotplane.simulator.datacentre.DataCentre;
import io.spotplane.simulator.wire.Fields;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** NetBox 4's REST interface: devices and sites, pages with {@code next}, both kinds of token. */
public final class NetBoxProtocol implements Protocol {

    private static final Pattern TOKEN = Pattern.compile("Token [0-9a-f]{40}|Bearer nbt_[A-Za-z0-9]+\\.[A-Za-z0-9]+");
    private static final int DEFAULT_PAGE = 50;
    private static final int LARGEST_PAGE = 1000;

    private final String prefix;
    private final DataCentre dataCentre;

    public NetBoxProtocol(String prefix, DataCentre dataCentre) {
        this.prefix = prefix;
        this.dataCentre = dataCentre;
    }

    @Override
    public Call identify(Request request) {
        return Call.of(Provider.NETBOX, request.method() + " " + request.pathBelow(prefix), Map.of());
    }

    @Override
    public Response answer(Request request, Conduct conduct) {
        if (request.header("Authorization")
                .filter(value -> TOKEN.matcher(value).matches())
                .isEmpty()) {
            return detail(403, "Authentication credentials were not provided.");
        }
        if (!request.path().endsWith("/")) {
            return Response.empty(301).with("Location", request.path() + "/");
        }
        return switch (request.method() + " " + request.pathBelow(prefix)) {
            case "GET dcim/devices" ->
                page(
                        request,
                        conduct.listed(dataCentre.hosts()).stream()
                                .map(host -> device(host, request))
                                .toList());
            case "GET dcim/sites" ->
                page(
                        request,
                        dataCentre.hosts().stream()
                                .map(DataCentre.Host::site)
                                .distinct()
                                .map(site -> Fields.with("id", Math.floorMod(site.hashCode(), 1000))
                                        .and("name", site)
                                        .and("slug", site.toLowerCase(java.util.Locale.ROOT)))
                                .toList());
            default -> detail(404, "Not found.");
        };
    }

    private static Fields device(DataCentre.Host host, Request request) {
        var id = 700 + host.number();
        var url = request.origin() + "/netbox/dcim/devices/" + id + "/";
        return Fields.with("id", id)
                .and("url", url)
                .and("display_url", url)
                .and("display", host.name())
                .and("name", host.name())
                .and(
                        "device_type",
                        Map.of("id", 1, "model", "GPU server", "manufacturer", Map.of("id", 1, "name", "Supermicro")))
                .and("role", Map.of("id", 4, "name", "gpu servers", "slug", "gpu-servers"))
                .and("tenant", Map.of("id", Math.floorMod(host.owner().hashCode(), 100), "name", host.owner()))
                .and("site", Map.of("id", Math.floorMod(host.site().hashCode(), 1000), "name", host.site()))
                .and("rack", Map.of("id", 1 + host.number() / 8, "name", host.rack()))
                .and("position", 1 + host.number() % 8 * 4)
                .and("serial", "S" + (100_000 + host.number()))
                .and("status", Map.of("value", "active", "label", "Active"))
                .and(
                        "tags",
                        List.of(Map.of(
                                "id", 1, "name", host.tag(), "slug", host.tag().replace(' ', '-'))))
                .and("custom_fields", Fields.with("NVLinks", host.nvlink()).and("Aggregates", host.pool()));
    }

    private static Response page(Request request, List<Fields> all) {
        int limit = Math.min(request.query("limit").map(Integer::parseInt).orElse(DEFAULT_PAGE), LARGEST_PAGE);
        int offset = request.query("offset").map(Integer::parseInt).orElse(0);
        int end = Math.min(all.size(), offset + limit);
        return Response.json(
                200,
                Fields.with("count", all.size())
                        .and(
                                "next",
                                link(request, limit, end)
                                        .filter(_ -> end < all.size())
                                        .orElse(null))
                        .and(
                                "previous",
                                offset == 0
                                        ? null
                                        : link(request, limit, Math.max(0, offset - limit))
                                                .orElse(null))
                        .and("results", all.subList(Math.min(offset, all.size()), end)));
    }

    private static Optional<String> link(Request request, int limit, int offset) {
        return Optional.of(request.origin() + request.path() + "?limit=" + limit + "&offset=" + offset);
    }

    @Override
    public Response refusal(Call call, Refusal refusal) {
        return detail(refusal.status(), refusal.message());
    }

    @Override
    public Response throttled(Call call) {
        return detail(429, "Request was throttled. Expected available in 1 second.")
                .with("Retry-After", "1");
    }

    private static Response detail(int status, String text) {
        return Response.json(status, Map.of("detail", text));
    }
}
