package io.spotplane.benchmarks.serving;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.Storefront;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What the service does in memory. */
final class OurStorefront implements Answering {

    private final Storefront storefront = new Storefront(Clock.systemUTC(), new SimpleMeterRegistry());

    OurStorefront(Catalogue catalogue) {
        catalogue
                .markets()
                .forEach((provider, offerings) -> storefront.install(
                        Shelf.of(
                                provider,
                                1,
                                offerings.stream().collect(Collectors.toMap(Offering::id, offering -> offering))),
                        MarketReport.neverCollected(provider, Duration.ofHours(1))));
    }

    @Override
    public String name() {
        return "ours (bit-sliced columns)";
    }

    @Override
    public List<String> answer(Question question) {
        return storefront.search(question.query(), Question.PAGE).stream()
                .map(found -> found.offering().id())
                .toList();
    }
}
