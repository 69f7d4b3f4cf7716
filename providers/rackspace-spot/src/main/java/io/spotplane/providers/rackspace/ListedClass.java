package io.spotplane.providers.rackspace;

import io.spotplane.providers.rackspace.PriceFeed.FeedClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server class from one source or both.
 *
 * @param region its region
 * @param name what orders name it by
 * @param told what the feed says; null where only the API knows it
 * @param toldAt when the feed became so
 * @param shown what the API says; null where only the feed knows it
 */
record ListedClass(
        String region,
        String name,
        @Nullable FeedClass told,
        Instant toldAt,
        @Nullable ServerClass shown) {

    static ListedClass of(FeedClass told, Instant toldAt) {
        return new ListedClass(told.region(), told.name(), told, toldAt, null);
    }

    static ListedClass of(ServerClass shown) {
        return new ListedClass(shown.region(), shown.name(), null, Instant.EPOCH, shown);
    }

    ListedClass with(ListedClass fromApi) {
        return new ListedClass(region, name, told, toldAt, fromApi.shown());
    }
}
