package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Grip;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.placement.Markets;
import io.spotplane.provisioning.placement.Placement;
import reactor.core.publisher.Mono;

/** Writes launch intents for what is missing. */
final class PlaceStep implements Step {

    private final Book book;
    private final Markets markets;
    private final Placement placement;

    PlaceStep(Book book, Markets markets, Placement placement) {
        this.book = book;
        this.markets = markets;
        this.placement = placement;
    }

    @Override
    public Mono<Void> run(Grip grip, Holding holding) {
        if (holding.missing() == 0) {
            return Mono.empty();
        }
        return markets.marketFor(holding.request().wanted())
                .flatMap(market -> book.change(grip, placement.on(market)))
                .then();
    }

    @Override
    public String name() {
        return "place";
    }
}
