package io.spotplane.providers.catalogue;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import java.util.List;

/**
 * What a catalogue says.
 *
 * @param offerings everything that is for sale, each id once
 * @param rejected rows that were left out, each with its reason
 */
record CatalogueContent(List<Offering> offerings, List<RejectedRow> rejected) {
    CatalogueContent {
        offerings = List.copyOf(offerings);
        rejected = List.copyOf(rejected);
    }
}
