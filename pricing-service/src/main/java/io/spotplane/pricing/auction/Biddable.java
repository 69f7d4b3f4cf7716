package io.spotplane.pricing.auction;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Storefront;
import java.util.stream.Stream;

/** What can be bid for: spot offerings whose market says which bids it takes. */
final class Biddable {

    private Biddable() {}

    static Stream<Offering> offerings(Storefront storefront) {
        return storefront.reports().stream()
                .map(MarketReport::provider)
                .flatMap(provider -> offerings(storefront, provider));
    }

    static Stream<Offering> offerings(Storefront storefront, String provider) {
        return storefront.shelf(provider).stream()
                .flatMap(shelf -> shelf.offerings().values().stream())
                .filter(offering -> offering.capacityType() == CapacityType.SPOT && offering.bidRules() != null);
    }
}
