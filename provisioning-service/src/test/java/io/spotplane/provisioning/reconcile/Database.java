package io.spotplane.provisioning.reconcile;

import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.CapacityRequest;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Grip;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.holding.Page;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.interruption.Signals;
import io.spotplane.provisioning.offering.CoolDown;
import io.spotplane.provisioning.offering.CoolDowns;
import io.spotplane.provisioning.offering.Offerings;
import io.spotplane.provisioning.offering.Shape;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.reactive.TransactionCallback;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The database in memory: transactions that can be rolled back, leases, and a crash before or after any commit. */
final class Database implements Book, Offerings, CoolDowns, Signals, TransactionalOperator {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Chaos chaos;
    private final Consumer<Page> witness;
    private Tables tables = new Tables();
    private int depth;

    /** What a rollback brings back. */
    private static final class Tables {
        final Map<UUID, CapacityRequest> requests = new LinkedHashMap<>();
        final Map<UUID, Instance> instances = new LinkedHashMap<>();
        final Map<UUID, Lease> leases = new HashMap<>();
        final Map<UUID, Instant> lookAt = new HashMap<>();
        final Map<String, Offering> offerings = new LinkedHashMap<>();
        final Map<String, CoolDown> coolDowns = new LinkedHashMap<>();
        final Map<String, InterruptionSignal> signals = new LinkedHashMap<>();
        final Map<String, UUID> matches = new HashMap<>();

        Tables copy() {
            var copy = new Tables();
            copy.requests.putAll(requests);
            copy.instances.putAll(instances);
            copy.leases.putAll(leases);
            copy.lookAt.putAll(lookAt);
            copy.offerings.putAll(offerings);
            copy.coolDowns.putAll(coolDowns);
            copy.signals.putAll(signals);
            copy.matches.putAll(matches);
            return copy;
        }
    }

    private record Lease(UUID token, Instant until) {}

    Database(InstantSource clock, Chaos chaos, Consumer<Page> witness) {
        this.clock = clock;
        this.chaos = chaos;
        this.witness = witness;
    }

    // --- transactions

    @Override
    public <T> Mono<T> transactional(Mono<T> work) {
        return Mono.defer(() -> {
            var before = tables.copy();
            depth++;
            try {
                var result = work.block();
                depth--;
                committed();
                return Mono.justOrEmpty(result);
            } catch (Throwable failed) {
                if (depth > 0) {
                    depth--;
                    tables = before;
                }
                throw failed;
            }
        });
    }

    @Override
    public <T> Flux<T> execute(TransactionCallback<T> action) {
        throw new UnsupportedOperationException("not used");
    }

    /** The process that died took its open transaction along. */
    void restart(boolean forgetsMarks) {
        depth = 0;
        if (forgetsMarks) {
            tables.instances.replaceAll((_, instance) ->
                    instance.inDoubt() ? instance.become(Intended.at(clock.instant()), clock.instant()) : instance);
        }
    }

    private void committed() {
        if (depth == 0) {
            chaos.mayCrash("after a commit");
        }
    }

    // --- book

    @Override
    public Mono<Boolean> open(CapacityRequest request) {
        tables.requests.put(request.id(), request);
        tables.lookAt.put(request.id(), clock.instant());
        return Mono.just(true);
    }

    @Override
    public Mono<Holding> read(UUID requestId) {
        return Mono.fromCallable(() -> held(requestId));
    }

    @Override
    public Mono<Holding> change(UUID requestId, Decide decide) {
        return Mono.fromCallable(() -> {
            tables.lookAt.put(requestId, clock.instant());
            return write(requestId, decide);
        });
    }

    @Override
    public Mono<Holding> change(Grip grip, Decide decide) {
        return Mono.fromCallable(() -> holds(grip) ? write(grip.requestId(), decide) : null);
    }

    private @Nullable Holding held(UUID requestId) {
        var request = tables.requests.get(requestId);
        if (request == null) {
            return null;
        }
        var now = clock.instant();
        var mine = instances(requestId);
        var spent = mine.stream()
                .filter(instance -> !instance.open())
                .map(instance -> instance.cost(now))
                .reduce(Money.zero("USD"), Money::plus);
        return new Holding(request, mine.stream().filter(Instance::open).toList(), spent);
    }

    /** Nothing is touched before the only point at which this can fail; so alone it needs no rollback. */
    private Holding write(UUID requestId, Decide decide) {
        var now = clock.instant();
        var before = held(requestId);
        var page = Page.of(before, decide.on(before, now), now);
        chaos.mayCrash("before a commit");
        if (!page.blank()) {
            tables.requests.put(requestId, page.after().request());
            page.after().instances().forEach(instance -> tables.instances.put(instance.id(), instance));
            add(page.decision().coolDowns()).block();
            witness.accept(page);
        }
        committed();
        return page.after();
    }

    @Override
    public Flux<Grip> takeDue(int limit) {
        return Flux.fromStream(() -> List.copyOf(tables.requests.keySet()).stream())
                .filter(this::due)
                .sort(Comparator.comparing(this::dueSince))
                .take(limit)
                .flatMap(this::take);
    }

    private Instant dueSince(UUID id) {
        var lease = tables.leases.get(id);
        var look = tables.lookAt.get(id);
        return lease != null && lease.until().isBefore(look) ? lease.until() : look;
    }

    private boolean due(UUID id) {
        if (tables.requests.get(id).closed()) {
            return false;
        }
        var lease = tables.leases.get(id);
        var expired = lease != null && !clock.instant().isBefore(lease.until());
        return expired || !clock.instant().isBefore(tables.lookAt.get(id));
    }

    @Override
    public Mono<Grip> take(UUID id) {
        return Mono.fromCallable(() -> {
            var lease = tables.leases.get(id);
            if (tables.requests.get(id).closed()
                    || (lease != null && clock.instant().isBefore(lease.until()))) {
                return null;
            }
            var token = new UUID(clock.instant().toEpochMilli(), chaos.between(0, Integer.MAX_VALUE - 1));
            tables.leases.put(id, new Lease(token, clock.instant().plus(LEASE)));
            tables.lookAt.put(id, Instant.MAX);
            return new Grip(id, token);
        });
    }

    private boolean holds(Grip grip) {
        var lease = tables.leases.get(grip.requestId());
        return lease != null
                && lease.token().equals(grip.token())
                && clock.instant().isBefore(lease.until());
    }

    @Override
    public Mono<Boolean> extend(Grip grip) {
        return Mono.just(holds(grip));
    }

    @Override
    public Mono<Void> release(Grip grip, Instant next) {
        return Mono.fromRunnable(() -> {
            if (holds(grip)) {
                tables.leases.remove(grip.requestId());
                tables.lookAt.merge(grip.requestId(), next, (one, other) -> one.isBefore(other) ? one : other);
            }
        });
    }

    @Override
    public Flux<UUID> holdingAt(String provider) {
        return Flux.fromStream(() -> List.copyOf(tables.instances.values()).stream()
                .filter(instance -> instance.open() && instance.provider().equals(provider))
                .map(Instance::requestId)
                .distinct());
    }

    @Override
    public Flux<Instance> withTokens(Collection<String> tokens) {
        var wanted = Set.copyOf(tokens);
        return Flux.fromStream(() -> List.copyOf(tables.instances.values()).stream()
                .filter(instance -> wanted.contains(instance.order().token().value())));
    }

    @Override
    public Mono<Instance> withMachine(String provider, String machine) {
        return Mono.justOrEmpty(tables.instances.values().stream()
                .filter(instance -> instance.provider().equals(provider))
                .filter(instance -> instance.machine()
                        .filter(id -> id.value().equals(machine))
                        .isPresent())
                .findFirst());
    }

    // --- market

    @Override
    public Mono<Void> put(Offering offering) {
        return Mono.fromRunnable(() -> tables.offerings.put(offering.id(), offering));
    }

    @Override
    public Mono<Void> withdraw(String offeringId) {
        return Mono.fromRunnable(() -> tables.offerings.remove(offeringId));
    }

    @Override
    public Mono<Void> confirm(String provider, Instant asOf) {
        return Mono.empty();
    }

    @Override
    public Flux<Offering> of(Shape shape, Set<String> launchable) {
        return Flux.fromStream(
                () -> List.copyOf(tables.offerings.values()).stream().filter(shape::fits));
    }

    @Override
    public Mono<Void> add(List<CoolDown> coolDowns) {
        return Mono.fromRunnable(() -> coolDowns.forEach(coolDown -> tables.coolDowns.merge(
                coolDown.scope() + coolDown.key(),
                coolDown,
                (one, other) -> one.until().isAfter(other.until()) ? one : other)));
    }

    @Override
    public Flux<CoolDown> active(Instant now) {
        return Flux.fromStream(() -> List.copyOf(tables.coolDowns.values()).stream()
                .filter(coolDown -> coolDown.until().isAfter(now)));
    }

    // --- signals

    @Override
    public Mono<Boolean> add(InterruptionSignal signal, Instant receivedAt) {
        return Mono.fromCallable(() -> tables.signals.putIfAbsent(signal.signalId(), signal) == null);
    }

    @Override
    public Mono<Void> matched(InterruptionSignal signal, UUID instanceId) {
        return Mono.fromRunnable(() -> tables.matches.put(signal.signalId(), instanceId));
    }

    @Override
    public Flux<InterruptionSignal> unmatched(Instant since) {
        return Flux.fromStream(() -> List.copyOf(tables.signals.values()).stream()
                .filter(signal -> !tables.matches.containsKey(signal.signalId())));
    }

    // --- for the checker

    Collection<CapacityRequest> requests() {
        return List.copyOf(tables.requests.values());
    }

    List<Instance> instances(UUID requestId) {
        return tables.instances.values().stream()
                .filter(instance -> instance.requestId().equals(requestId))
                .toList();
    }

    Collection<Instance> instances() {
        return List.copyOf(tables.instances.values());
    }

    Collection<Offering> offerings() {
        return List.copyOf(tables.offerings.values());
    }
}
