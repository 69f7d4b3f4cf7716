package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Grip;
import io.spotplane.provisioning.holding.Holding;
import java.time.InstantSource;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Works on one request under its lease: all steps in order, again as long as a round leaves something to do at once. */
final class RequestReconciler {

    private static final int MAX_ROUNDS = 25;

    private final Book book;
    private final List<Step> steps;
    private final Agenda agenda;
    private final Meters meters;
    private final InstantSource clock;

    RequestReconciler(Book book, List<Step> steps, Agenda agenda, Meters meters, InstantSource clock) {
        this.book = book;
        this.steps = List.copyOf(steps);
        this.agenda = agenda;
        this.meters = meters;
        this.clock = clock;
    }

    /** Works and gives the lease back. When it fails, the lease runs out and the request is due again. */
    Mono<Void> pass(Grip grip) {
        return round(grip, MAX_ROUNDS).flatMap(holding -> book.release(grip, agenda.next(holding, clock.instant())));
    }

    private Mono<Holding> round(Grip grip, int left) {
        return book.read(grip.requestId())
                .flatMap(before -> Flux.fromIterable(steps)
                        .concatMap(step -> run(step, grip))
                        .then(book.read(grip.requestId()))
                        .flatMap(after -> left > 1 && agenda.moreNow(before, after, clock.instant())
                                ? round(grip, left - 1)
                                : Mono.just(after)));
    }

    private Mono<Void> run(Step step, Grip grip) {
        return book.read(grip.requestId())
                .flatMap(holding -> step.run(grip, holding))
                .transform(meters.timing(step.name()));
    }
}
