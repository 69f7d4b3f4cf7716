package io.spotplane.provisioning.interruption;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.offering.CoolDown;
import io.spotplane.provisioning.placement.Market;
import io.spotplane.provisioning.placement.Markets;
import io.spotplane.provisioning.placement.Placement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Records a provider's notice. In one transaction: the signal (so that repeats are dropped), the instance draining, the intent of its
 * replacement on another offering and within budget, and what is announced. The replacement's launch follows at once, by the
 * wake-up that every change gives.
 */
public final class RecordInterruption {

    private static final Logger log = LoggerFactory.getLogger(RecordInterruption.class);

    private final Signals signals;
    private final Book book;
    private final Markets markets;
    private final Placement placement;
    private final Noticing noticing;
    private final TransactionalOperator transaction;
    private final MeterRegistry meters;
    private final InstantSource clock;

    public RecordInterruption(
            Signals signals,
            Book book,
            Markets markets,
            Placement placement,
            Duration coolDown,
            TransactionalOperator transaction,
            MeterRegistry meters,
            InstantSource clock) {
        this.signals = signals;
        this.book = book;
        this.markets = markets;
        this.placement = placement;
        this.noticing = new Noticing(coolDown);
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
    }

    /** What became of a signal. */
    public enum Outcome {
        /** Its instance drains; whether a replacement is on its way stands in the instance. */
        RECORDED,
        /** It was received before. */
        REPEATED,
        /** Nobody knows the machine yet: the signal is kept and tried again, and the account is to be looked at now. */
        UNMATCHED
    }

    /** Records {@code signal}; may be called any number of times with the same one. */
    public Mono<Outcome> record(InterruptionSignal signal) {
        return book.withMachine(signal.provider(), signal.instance().value())
                .flatMap(instance -> marketFor(instance).flatMap(market -> first(signal, instance, market)))
                .switchIfEmpty(Mono.defer(() -> keep(signal)))
                .doOnNext(outcome -> count(signal, outcome));
    }

    /** Tries again what nobody knew the machine of. */
    public Mono<Void> retryUnmatched(Duration keptFor) {
        return signals.unmatched(clock.instant().minus(keptFor))
                .concatMap(signal -> book.withMachine(
                                signal.provider(), signal.instance().value())
                        .flatMap(instance -> marketFor(instance).flatMap(market -> late(signal, instance, market))))
                .then();
    }

    private Mono<Outcome> first(InterruptionSignal signal, Instance instance, Market market) {
        return signals.add(signal, clock.instant())
                .flatMap(fresh -> fresh
                        ? apply(signal, instance, market).thenReturn(Outcome.RECORDED)
                        : Mono.just(Outcome.REPEATED))
                .as(transaction::transactional);
    }

    private Mono<Void> late(InterruptionSignal signal, Instance instance, Market market) {
        return apply(signal, instance, market).as(transaction::transactional);
    }

    private Mono<Void> apply(InterruptionSignal signal, Instance instance, Market market) {
        return signals.matched(signal, instance.id())
                .then(book.change(instance.requestId(), decide(signal, instance, market)))
                .then();
    }

    private Decide decide(InterruptionSignal signal, Instance instance, Market market) {
        return noticing.decide(instance.id(), signal).then(placement.on(without(market, instance)));
    }

    /** The market without the pool that is being taken back: its cool-down is only just being written. */
    private Market without(Market market, Instance instance) {
        var pool = instance.order().offering();
        var rest = CoolDown.of(pool, clock.instant(), "INTERRUPTED", "It is being taken back");
        return new Market(
                market.offerings(),
                Stream.concat(market.coolDowns().stream(), Stream.of(rest)).toList(),
                market.launchable());
    }

    private Mono<Market> marketFor(Instance instance) {
        return book.read(instance.requestId())
                .flatMap(holding -> markets.marketFor(holding.request().wanted()));
    }

    private Mono<Outcome> keep(InterruptionSignal signal) {
        return signals.add(signal, clock.instant())
                .as(transaction::transactional)
                .map(fresh -> fresh ? Outcome.UNMATCHED : Outcome.REPEATED);
    }

    private void count(InterruptionSignal signal, Outcome outcome) {
        meters.counter(
                        "spotplane.interruption.signals",
                        List.of(Tag.of("provider", signal.provider()), Tag.of("outcome", outcome.name())))
                .increment();
        if (outcome == Outcome.RECORDED) {
            var lead = Duration.between(clock.instant(), signal.deadline());
            meters.timer("spotplane.interruption.lead", "provider", signal.provider())
                    .record(lead.isNegative() ? Duration.ZERO : lead);
        }
        if (outcome == Outcome.UNMATCHED) {
            log.info("A notice for {} of {}, which nobody knows yet, is kept", signal.instance(), signal.provider());
        }
    }
}
