package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Grip;
import io.spotplane.provisioning.holding.Holding;
import reactor.core.publisher.Mono;

/** Ends what is unwanted, spent or drained. */
final class EndStep implements Step {

    private final Book book;
    private final Endings endings;

    EndStep(Book book, Endings endings) {
        this.book = book;
        this.endings = endings;
    }

    @Override
    public Mono<Void> run(Grip grip, Holding holding) {
        return book.change(grip, endings.decide()).then();
    }

    @Override
    public String name() {
        return "end";
    }
}
