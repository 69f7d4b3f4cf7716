package io.spotplane.stack.journey;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is for sale of one GPU model, cheapest first. */
record Market(String model, List<JsonNode> offers) {

    List<String> providers() {
        return offers.stream()
                .map(offer -> offer.path("provider").asString())
                .distinct()
                .toList();
    }

    JsonNode cheapest() {
        return offers.getFirst();
    }
}
