package io.spotplane.stack.journey;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Chapter 2: spot prices of every market, with age and source; the journey takes a GPU where two clouds compete. */
final class WhatItCosts {

    /** Models that more than one of the clouds rents singly. */
    private static final List<String> CANDIDATES = List.of("L40S", "L4", "A100-80GB", "T4", "A10G", "V100-16GB");

    /** Clouds at which this version launches; the others are there to compare. */
    private static final Set<String> LAUNCHED_AT = Set.of("aws", "runpod");

    private final Scene scene;

    WhatItCosts(Scene scene) {
        this.scene = scene;
    }

    Market tell() {
        scene.narrator().chapter("2  What it costs: spot prices of every market, with age and source");
        var markets = Patience.until(
                "every market's first sweep",
                Scene.SOON,
                () -> Optional.of(scene.api().get("/v1/markets").expect(200).body())
                        .filter(answer -> Scene.items(answer).count() > 1
                                && Scene.items(answer)
                                        .allMatch(market ->
                                                market.path("offerings").asInt() > 0)));
        Scene.items(markets)
                .forEach(market -> scene.narrator()
                        .tell(
                                "market",
                                "%-10s %6d offerings"
                                        .formatted(
                                                market.path("provider").asString(),
                                                market.path("offerings").asInt())));
        var market = CANDIDATES.stream()
                .map(this::market)
                .flatMap(Optional::stream)
                .min(Comparator.comparing(
                        found -> found.cheapest().path("provider").asString().equals("aws")))
                .orElseThrow(() ->
                        new JourneyFailed("no GPU model is for sale as spot on two clouds; looked for " + CANDIDATES));
        scene.narrator()
                .good(
                        "wanted",
                        "1 × " + market.model() + ", spot, for sale on " + String.join(" and ", market.providers()));
        market.offers().stream().limit(6).forEach(this::tellOffer);
        tellElsewhere(market.model());
        return market;
    }

    /** Price lists and auctions where nothing is launched yet: what the same costs there, and the cheapest machine with the bids that it takes. */
    private void tellElsewhere(String model) {
        scene.narrator().tell("elsewhere", "to compare, not yet to buy:");
        offers("gpu=" + model + "&gpuCount=1&capacityType=SPOT&pageSize=50").stream()
                .filter(offer -> !isLaunchedAt(offer))
                .limit(2)
                .forEach(this::tellOffer);
        offers("provider=rackspace&capacityType=SPOT&pageSize=1").forEach(this::tellOffer);
    }

    private Optional<Market> market(String model) {
        var offers = offers("gpu=" + model + "&gpuCount=1&capacityType=SPOT&pageSize=50").stream()
                .filter(WhatItCosts::isLaunchedAt)
                .filter(offer -> !offer.path("availability").asString().equals("NONE"))
                .toList();
        var found = new Market(model, offers);
        return found.providers().size() > 1 ? Optional.of(found) : Optional.empty();
    }

    private static boolean isLaunchedAt(JsonNode offer) {
        return LAUNCHED_AT.contains(offer.path("provider").asString());
    }

    private List<JsonNode> offers(String query) {
        return Scene.items(scene.api().get("/v1/offerings?" + query).expect(200).body())
                .toList();
    }

    private void tellOffer(JsonNode offer) {
        scene.narrator()
                .detail("%-10s %-14s %-12s %-26s %8s $/h   %3d s old, %s"
                        .formatted(
                                offer.path("provider").asString(),
                                offer.path("region").asString(),
                                offer.path("zone").asString(""),
                                offer.path("instanceType").asString(),
                                offer.path("billedPrice").path("amount").asString(),
                                offer.path("ageSeconds").asLong(),
                                offer.path("source").asString()));
    }
}
