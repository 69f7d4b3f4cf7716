package io.spotplane.simulator.rackspace;

import io.spotplane.simulator.wire.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Regions and server classes as resources of the API. */
final class Resources {

    private Resources() {}

    static Fields serverClass(ServerClass serverClass, RackspaceMarket market, Instant now) {
        var auction = market.auction(serverClass);
        var winners = auction.winners(now);
        var price = Feed.sixPlaces(auction.price(now));
        return Fields.with("apiVersion", "ngpc.rxt.io/v1")
                .and("kind", "ServerClass")
                .and("metadata", Map.of("name", serverClass.name()))
                .and(
                        "spec",
                        Fields.with("availability", "available")
                                .and("category", serverClass.category())
                                .and("displayName", serverClass.displayName())
                                .and("flavorType", serverClass.category().equals("Bare Metal") ? "Bare Metal" : "VM")
                                .and("region", serverClass.region())
                                .and("minBidPricePerHour", auction.minimum().toPlainString())
                                .and(
                                        "onDemandPricing",
                                        Fields.with(
                                                        "cost",
                                                        "$"
                                                                + market.onDemand(serverClass)
                                                                        .toPlainString())
                                                .and("interval", "1h0m0s"))
                                .and(
                                        "provider",
                                        Fields.with("providerType", provider(serverClass))
                                                .and("providerFlavorID", serverClass.name()))
                                .and(
                                        "resources",
                                        Fields.with("cpu", serverClass.cpu())
                                                .and("memory", serverClass.memory())
                                                .andIf(serverClass.hasGpu(), "gpu", "1")))
                .and(
                        "status",
                        Fields.with("available", auction.servers() - winners)
                                .and("capacity", auction.servers())
                                .and("reserved", winners)
                                .and("lastAuction", auction.lastRound(now).getEpochSecond())
                                .and(
                                        "spotPricing",
                                        Fields.with("marketPricePerHour", price).and("hammerPricePerHour", price)));
    }

    static List<Fields> regions(List<ServerClass> classes) {
        return classes.stream()
                .collect(Collectors.toMap(
                        ServerClass::region, serverClass -> serverClass, (one, other) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .map(Resources::region)
                .toList();
    }

    private static Fields region(ServerClass member) {
        return Fields.with("metadata", Map.of("name", member.region()))
                .and(
                        "spec",
                        Fields.with("description", member.description())
                                .and("generation", member.generation())
                                .and(
                                        "provider",
                                        Fields.with("providerType", "ospc").and("providerRegionName", site(member))));
    }

    private static String provider(ServerClass serverClass) {
        return serverClass.category().equals("Bare Metal") ? "ironic" : "ospc";
    }

    private static String site(ServerClass member) {
        return member.region().split("-")[1].toUpperCase(Locale.ROOT);
    }
}
