package io.spotplane.provisioning.reconcile;

import static io.spotplane.contracts.vocabulary.InstancePhase.BOOTING;
import static io.spotplane.contracts.vocabulary.InstancePhase.DRAINING;
import static io.spotplane.contracts.vocabulary.InstancePhase.FAILED;
import static io.spotplane.contracts.vocabulary.InstancePhase.INTENDED;
import static io.spotplane.contracts.vocabulary.InstancePhase.LAUNCHING;
import static io.spotplane.contracts.vocabulary.InstancePhase.LOST;
import static io.spotplane.contracts.vocabulary.InstancePhase.READY;
import static io.spotplane.contracts.vocabulary.InstancePhase.TERMINATED;
import static io.spotplane.contracts.vocabulary.InstancePhase.TERMINATING;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.provisioning.holding.CapacityRequest;
import io.spotplane.provisioning.holding.Page;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Owned;
import io.spotplane.provisioning.instance.Reason;
import io.spotplane.provisioning.reconcile.MisbehavingProvider.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the invariants' questions, with the providers' ledgers as the outside witness. */
final class Checker {

    /** Longest that a machine may live without anybody holding it: lists that fail for minutes and asks that are ignored included. */
    private static final Duration MOST_UNHELD = Duration.ofMinutes(20);
    /** What a budget may be overspent by: one tick, the drain, a crash's lease, per machine. */
    private static final Duration SLACK = Duration.ofSeconds(90);

    private static final Map<InstancePhase, Set<InstancePhase>> ALLOWED = Map.of(
            INTENDED, EnumSet.of(LAUNCHING, BOOTING, READY, FAILED, LOST, TERMINATING),
            LAUNCHING, EnumSet.of(BOOTING, READY, DRAINING, TERMINATING, FAILED, LOST),
            BOOTING, EnumSet.of(READY, DRAINING, TERMINATING, LOST),
            READY, EnumSet.of(DRAINING, TERMINATING, LOST),
            DRAINING, EnumSet.of(TERMINATING, LOST),
            TERMINATING, EnumSet.of(TERMINATED),
            TERMINATED, EnumSet.noneOf(InstancePhase.class),
            FAILED, EnumSet.noneOf(InstancePhase.class),
            LOST, EnumSet.noneOf(InstancePhase.class));

    /** Reasons of a failure that leave remains to be cleared away. */
    private static final Set<String> MAY_EXIST_ALL_THE_SAME = Set.of(
            Reason.PROVIDER_SILENT_FAILURE.name(), Reason.STOPPED_BY_PROVIDER.name(), Reason.ENDED_BY_PROVIDER.name());

    private final List<MisbehavingProvider> providers;
    private final InstantSource clock;
    private final Map<String, Instant> unheldSince = new HashMap<>();

    Checker(List<MisbehavingProvider> providers, InstantSource clock) {
        this.providers = providers;
        this.clock = clock;
    }

    // --- at every write

    void written(Page page) {
        page.changed()
                .forEach(after ->
                        written(page, page.before().instance(after.id()).orElse(null), after));
        require(
                page.after().serving().size() <= page.after().request().wanted().instances(),
                () -> "more instances serve than are wanted: " + page.after());
    }

    private void written(Page page, @Nullable Instance before, Instance after) {
        require(before != null || after.state().phase() == INTENDED, () -> "an instance began as " + after.state());
        if (before == null) {
            affordable(page, after);
        } else if (before.state().phase() != after.state().phase()) {
            require(
                    ALLOWED.get(before.state().phase()).contains(after.state().phase()),
                    () -> before.state() + " became " + after.state());
            require(after.version() == before.version() + 1, () -> "a version was skipped");
            witnessed(before, after);
        }
    }

    private void affordable(Page page, Instance instance) {
        var cap = page.after().request().wanted().maxPricePerHour();
        var offering = instance.order().offering();
        require(cap == null || !instance.order().bid().exceeds(cap), () -> "a bid above the cap");
        require(cap == null || !offering.billedPrice().exceeds(cap), () -> "a price above the cap");
        require(
                !offering.receivedAt().plus(Duration.ofMinutes(10)).isBefore(clock.instant()),
                () -> "bought on a price of " + offering.receivedAt());
    }

    private void witnessed(Instance before, Instance after) {
        switch (after.state().phase()) {
            case BOOTING, READY -> require(hasRun(after), () -> after.state() + " without a running machine");
            case TERMINATED ->
                require(isGone((Owned) before.state()), () -> "terminated, and it lives: " + before.state());
            case FAILED ->
                require(
                        MAY_EXIST_ALL_THE_SAME.contains(after.state().reason())
                                || made(after).stream().noneMatch(machine -> machine.aliveAt(clock.instant())),
                        () -> "said not to exist, and the ledger has it: " + after.state());
            case LOST ->
                require(
                        !Reason.VANISHED.name().equals(after.state().reason()) || isGone((Owned) before.state()),
                        () -> "vanished, and it lives: " + before.state());
            default -> {
                // Nothing to be witnessed.
            }
        }
    }

    private boolean hasRun(Instance instance) {
        return machine(((Owned) instance.state()).machine().value())
                .filter(machine -> machine.hasRunBy(clock.instant()))
                .isPresent();
    }

    private boolean isGone(Owned owned) {
        return machine(owned.machine().value())
                .filter(machine -> machine.aliveAt(clock.instant()))
                .isEmpty();
    }

    // --- at every moment

    void look(Database database) {
        providers.forEach(provider ->
                require(provider.offences().isEmpty(), () -> provider.offences().toString()));
        noSecondMachineForAToken();
        nobodyIsForgotten(database);
        database.requests().forEach(request -> withinBudget(database, request));
        oneReplacementEach(database);
    }

    private void noSecondMachineForAToken() {
        for (var provider : providers) {
            var seen = new HashSet<LaunchToken>();
            provider.ledger().stream()
                    .filter(machine ->
                            machine.token != null && !machine.token.value().contains("xxx"))
                    .forEach(machine -> require(seen.add(machine.token), () -> "two machines carry " + machine.token));
        }
    }

    private void nobodyIsForgotten(Database database) {
        var held = new HashSet<String>();
        database.instances().stream().filter(Instance::open).forEach(instance -> {
            held.add(instance.order().token().value());
            instance.machine().ifPresent(machine -> held.add(machine.value()));
        });
        for (var provider : providers) {
            for (var machine : provider.ledger()) {
                nobodyForgets(machine, held);
            }
        }
    }

    private void nobodyForgets(Machine machine, Set<String> held) {
        var isHeld = held.contains(machine.id) || (machine.token != null && held.contains(machine.token.value()));
        if (isHeld || !machine.aliveAt(clock.instant())) {
            unheldSince.remove(machine.id);
            return;
        }
        var since = unheldSince.computeIfAbsent(machine.id, _ -> clock.instant());
        require(
                !since.plus(MOST_UNHELD).isBefore(clock.instant()),
                () -> machine.id + " lives since " + machine.createdAt + " and nobody holds it since " + since);
    }

    private void withinBudget(Database database, CapacityRequest request) {
        var limit = request.wanted().budget();
        if (limit == null) {
            return;
        }
        var spent = Money.zero("USD");
        var dearest = HourlyPrice.usd("0");
        for (var instance : database.instances(request.id())) {
            // What has no name yet, or never got one, cannot be ended: it is as soon as a list shows it.
            for (var machine : nameless(instance) ? List.<Machine>of() : made(instance)) {
                spent = spent.plus(machine.price.during(machine.billedUntil(clock.instant())));
                dearest = machine.price.exceeds(dearest) ? machine.price : dearest;
            }
        }
        var slack = dearest.during(SLACK.multipliedBy(request.wanted().instances()));
        var sum = spent;
        require(
                !sum.exceeds(limit.plus(slack)),
                () -> "spent " + sum + " of " + limit + " (slack " + slack + ") on "
                        + database.instances(request.id()));
    }

    private static boolean nameless(Instance instance) {
        return instance.inDoubt() || instance.state().phase() == FAILED;
    }

    private static void oneReplacementEach(Database database) {
        var replaced = new HashSet<>();
        database.instances().stream()
                .filter(instance -> instance.replaces() != null)
                .forEach(instance ->
                        require(replaced.add(instance.replaces()), () -> "replaced twice: " + instance.replaces()));
    }

    // --- at the end

    void everyLiveRequestIsServedOrSaysWhyNot(Database database) {
        for (var request : database.requests()) {
            var phase = request.standing().phase();
            require(
                    phase == RequestPhase.READY
                            || request.ending() != null
                            || (phase == RequestPhase.PLACING && request.obstacle() != null),
                    () -> "after an hour of good weather: " + request + " with " + database.instances(request.id()));
        }
    }

    void nothingIsLeft(Database database) {
        database.requests()
                .forEach(request ->
                        require(request.closed(), () -> "not closed: " + request + database.instances(request.id())));
        providers.forEach(provider -> require(
                provider.alive().isEmpty(),
                () -> "left alive: " + provider.alive().size()));
    }

    // --- the ledgers

    private List<Machine> made(Instance instance) {
        return providers.stream()
                .flatMap(provider -> provider.machine(instance.order().token()).stream())
                .toList();
    }

    private Optional<Machine> machine(String id) {
        return providers.stream()
                .flatMap(provider -> provider.machine(id).stream())
                .findFirst();
    }

    private static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
