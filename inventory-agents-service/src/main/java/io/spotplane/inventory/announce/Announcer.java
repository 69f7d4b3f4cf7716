package io.spotplane.inventory.announce;

import io.spotplane.inventory.agent.AgentRunner;
import io.spotplane.inventory.agent.Duty;
import io.spotplane.inventory.lease.Lease;
import io.spotplane.inventory.lease.Leases;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.MergedInventory;
import io.spotplane.outbox.NewEvent;
import io.spotplane.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Announces what changed. Looks after every new snapshot, and now and then for what another replica's agents saw. One replica at a time, under a lease
 * that each transaction proves: a note and its events become durable together or not at all, so a crash neither loses nor repeats one.
 */
@Component
class Announcer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);
    private static final String DUTY = "announce";
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** Several sources that change together (a moved host) are announced as one. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Leases.Terms TERMS = new Leases.Terms(DUTY, LIMIT.plusSeconds(10), Duration.ZERO);

    /** Facts in one transaction: bounds its length and memory. */
    private static final int BATCH = 250;

    private final MergedInventory inventory;
    private final Announced announced;
    private final Leases leases;
    private final Outbox outbox;
    private final TransactionalOperator transaction;
    private final Scheduler clock;
    private final Duty duty;
    private Disposable running = Disposables.disposed();

    Announcer(
            MergedInventory inventory,
            Announced announced,
            Leases leases,
            Outbox outbox,
            TransactionalOperator transaction,
            AgentRunner agents,
            Scheduler clock) {
        this.inventory = inventory;
        this.announced = announced;
        this.leases = leases;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
        this.duty = new Duty(DUTY, this::step, clock);
        agents.whenBelieved(source -> duty.wake());
    }

    @Override
    public void start() {
        running = duty.start();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    private Mono<Duration> step(boolean woken) {
        return Mono.delay(GATHERING, clock)
                .then(leases.take(TERMS, true))
                .flatMap(this::announceUnder)
                .thenReturn(EVERY);
    }

    private Mono<Boolean> announceUnder(Lease lease) {
        return inventory
                .now()
                .filter(view -> view.sources().settled())
                .flatMap(view -> announce(view, lease))
                .timeout(LIMIT, clock)
                .then(leases.giveBack(lease))
                .checkpoint("announce changes");
    }

    private Mono<Void> announce(InventoryView view, Lease lease) {
        return announced
                .all()
                .map(before -> Changes.between(before, view))
                .flatMapMany(changes -> Flux.fromIterable(changes).buffer(BATCH))
                .concatMap(batch -> record(batch, lease))
                .then();
    }

    /** The lease's row is locked first: two replicas never write at the same time, and one whose lease is gone writes nothing. */
    private Mono<Void> record(List<Fact> facts, Lease lease) {
        return leases.prove(lease)
                .then(announced.note(facts))
                .then(outbox.append(events(facts)))
                .as(transaction::transactional)
                .doOnSuccess(done -> log.info("announced {}", summary(facts)));
    }

    private static List<NewEvent<?>> events(List<Fact> facts) {
        return facts.stream().<NewEvent<?>>map(Fact::event).toList();
    }

    private static String summary(List<Fact> facts) {
        return facts.stream()
                .collect(Collectors.groupingBy(fact -> fact.event().type(), Collectors.counting()))
                .toString();
    }
}
