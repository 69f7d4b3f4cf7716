package io.spotplane.providers.rackspace;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The public price document.
 *
 * @param classes every server class of every region
 * @param asOf when it became so
 */
record PriceFeed(List<FeedClass> classes, Instant asOf) {

    PriceFeed {
        classes = List.copyOf(classes);
    }

    static PriceFeed of(JsonNode regions, Instant asOf) {
        return new PriceFeed(
                regions.propertyStream()
                        .flatMap(region -> region.getValue()
                                .path("serverclasses")
                                .propertyStream()
                                .map(member -> new FeedClass(region.getKey(), member.getKey(), member.getValue())))
                        .toList(),
                asOf);
    }

    /**
     * A server class of the feed.
     *
     * @param region its region
     * @param name what orders name it by
     * @param fields as they are written
     */
    record FeedClass(String region, String name, JsonNode fields) {}
}
