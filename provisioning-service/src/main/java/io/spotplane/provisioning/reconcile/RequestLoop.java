package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Grip;
import io.spotplane.provisioning.holding.WakeUps;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Works on requests that were changed, at once, and on those that are due, by poll; each under its lease, which is kept alive. */
final class RequestLoop extends Loop {

    private static final int MOST_WAITING = 10_000;

    private final Book book;
    private final RequestReconciler reconciler;
    private final WakeUps wakeUps;
    private final ReconcileSettings settings;
    private final Traces traces;
    private final AtomicInteger inHand = new AtomicInteger();

    RequestLoop(Book book, RequestReconciler reconciler, WakeUps wakeUps, ReconcileSettings settings, Traces traces) {
        this.book = book;
        this.reconciler = reconciler;
        this.wakeUps = wakeUps;
        this.settings = settings;
        this.traces = traces;
    }

    @Override
    Flux<?> work() {
        return Flux.merge(woken(), polled()).flatMap(this::workOn, settings.concurrency() * 2);
    }

    private Flux<Grip> woken() {
        return wakeUps.requests()
                .onBackpressureBuffer(MOST_WAITING, _ -> {}, BufferOverflowStrategy.DROP_LATEST)
                .concatMap(id -> survive(book.take(id)));
    }

    private Flux<Grip> polled() {
        return Flux.interval(settings.poll())
                .onBackpressureDrop()
                .filter(_ -> free() > 0)
                .concatMap(_ -> survive(book.takeDue(free()).collectList()))
                .flatMapIterable(grips -> grips);
    }

    private int free() {
        return settings.concurrency() - inHand.get();
    }

    private Mono<Void> workOn(Grip grip) {
        return Mono.defer(() -> {
            inHand.incrementAndGet();
            return whileHeld(settings.lease(), book.extend(grip), survive(traced(grip)))
                    .doFinally(_ -> inHand.decrementAndGet());
        });
    }

    private Mono<Void> traced(Grip grip) {
        return book.read(grip.requestId())
                .flatMap(holding -> traces.continued(holding.request(), reconciler.pass(grip)));
    }
}
