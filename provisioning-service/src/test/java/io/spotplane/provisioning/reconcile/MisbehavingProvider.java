package io.spotplane.provisioning.reconcile;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.InterruptionFeed;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.spi.TerminateOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A provider with a memory and bad manners. Its machines are functions of time, so that a list can show how it was a while ago. Its
 * law: within the visibility window lists catch up with what is.
 */
final class MisbehavingProvider implements InstanceLauncher, InstanceInspector, InterruptionFeed {

    private final String name;
    private final Resolution resolution;
    private final boolean showsEnded;
    private final Duration window;
    private final InstantSource clock;
    private final Chaos chaos;
    private final List<Machine> ledger = new ArrayList<>();
    private final Map<LaunchToken, LaunchOrder> orders = new HashMap<>();
    private final Map<LaunchToken, Machine> byToken = new HashMap<>();
    private final Map<String, Machine> byId = new HashMap<>();
    private final List<String> offences = new ArrayList<>();
    private Instant listDownUntil = Instant.MIN;

    /** What really exists: the outside witness. */
    static final class Machine {
        final String id;
        final @Nullable LaunchToken token;
        final HourlyPrice price;
        final Instant createdAt;
        final Instant visibleAt;
        final Instant runningAt;
        final Instant reachableAt;

        @Nullable
        Instant announcedAt;

        @Nullable
        Instant endsAt;

        @Nullable
        Instant stoppedAt;

        @Nullable
        Instant firstAskedToEndAt;

        boolean reclaimed;

        Machine(String id, @Nullable LaunchToken token, HourlyPrice price, Instant createdAt, Duration[] delays) {
            this.id = id;
            this.token = token;
            this.price = price;
            this.createdAt = createdAt;
            this.visibleAt = createdAt.plus(delays[0]);
            this.runningAt = createdAt.plus(delays[1]);
            this.reachableAt = runningAt.plus(delays[2]);
        }

        boolean aliveAt(Instant at) {
            return endsAt == null || at.isBefore(endsAt);
        }

        boolean hasRunBy(Instant at) {
            return !at.isBefore(runningAt);
        }

        /** What it had cost by {@code at}, not counting the time after it was first asked to end. */
        Duration billedUntil(Instant at) {
            var end = at;
            for (var limit : new Instant[] {endsAt, stoppedAt, firstAskedToEndAt}) {
                end = limit != null && limit.isBefore(end) ? limit : end;
            }
            return Duration.between(createdAt, end);
        }
    }

    MisbehavingProvider(
            String name, Resolution resolution, boolean showsEnded, Duration window, InstantSource clock, Chaos chaos) {
        this.name = name;
        this.resolution = resolution;
        this.showsEnded = showsEnded;
        this.window = window;
        this.clock = clock;
        this.chaos = chaos;
    }

    @Override
    public String provider() {
        return name;
    }

    @Override
    public Resolution resolution() {
        return resolution;
    }

    @Override
    public Duration visibilityWindow() {
        return window;
    }

    // --- buying

    @Override
    public Mono<LaunchOutcome> launch(LaunchOrder order) {
        return Mono.fromCallable(() -> {
            chaos.mayCrash("before the launch call");
            var outcome = answer(order);
            chaos.mayCrash("after the launch call");
            return outcome;
        });
    }

    private LaunchOutcome answer(LaunchOrder order) {
        var known = orders.putIfAbsent(order.token(), order);
        if (known != null && !known.equals(order)) {
            offences.add("the order with token " + order.token() + " was sent again with other parameters");
        }
        if (chaos.strikes(6)) {
            return new LaunchOutcome.Unknown(order.token(), "the connection broke before the order arrived");
        }
        if (resolution == Resolution.REPEAT_WITH_TOKEN && machine(order.token()).isPresent()) {
            return answered(order, machine(order.token()).orElseThrow());
        }
        if (chaos.strikes(25)) {
            return refusal();
        }
        if (chaos.strikes(4)) {
            return new LaunchOutcome.Accepted(new ProviderInstanceId("any", "silent-" + order.token()));
        }
        return answered(order, create(order.token(), order.offering().billedPrice()));
    }

    private LaunchOutcome answered(LaunchOrder order, Machine machine) {
        return chaos.strikes(12)
                ? new LaunchOutcome.Unknown(order.token(), "the answer was dropped")
                : new LaunchOutcome.Accepted(new ProviderInstanceId("any", machine.id));
    }

    private LaunchOutcome refusal() {
        var refusal = chaos.one(List.of(
                Refusal.NO_CAPACITY,
                Refusal.NO_CAPACITY,
                Refusal.PRICE_TOO_LOW,
                Refusal.THROTTLED,
                Refusal.TRANSIENT,
                Refusal.TRANSIENT,
                Refusal.QUOTA,
                Refusal.AUTH,
                Refusal.INVALID));
        return new LaunchOutcome.Declined(
                refusal, refusal.name(), "no", refusal == Refusal.THROTTLED ? Duration.ofSeconds(3) : null);
    }

    Machine create(@Nullable LaunchToken token, HourlyPrice price) {
        var delays = new Duration[] {
            Duration.ofSeconds(chaos.between(0, 25)),
            Duration.ofSeconds(chaos.strikes(3) ? 100_000 : chaos.between(0, 40)),
            Duration.ofSeconds(chaos.strikes(3) ? 100_000 : chaos.between(0, 60))
        };
        var machine = new Machine(name + "-" + ledger.size(), token, price, clock.instant(), delays);
        ledger.add(machine);
        byId.put(machine.id, machine);
        if (token != null) {
            byToken.putIfAbsent(token, machine);
        }
        return machine;
    }

    // --- ending

    @Override
    public Mono<TerminateOutcome> terminate(ProviderInstanceId instance) {
        return Mono.fromCallable(() -> {
            chaos.mayCrash("before the terminate call");
            var outcome = end(instance);
            chaos.mayCrash("after the terminate call");
            return outcome;
        });
    }

    private TerminateOutcome end(ProviderInstanceId instance) {
        var found = machine(instance.value());
        found.filter(machine -> machine.firstAskedToEndAt == null)
                .ifPresent(machine -> machine.firstAskedToEndAt = clock.instant());
        if (chaos.strikes(8)) {
            return new TerminateOutcome.NotYet(Refusal.THROTTLED, "slow down");
        }
        if (chaos.strikes(8)) {
            return new TerminateOutcome.Accepted();
        }
        found.filter(machine -> machine.aliveAt(clock.instant()))
                .ifPresent(machine -> machine.endsAt = clock.instant().plusSeconds(chaos.between(0, 20)));
        return chaos.strikes(5)
                ? new TerminateOutcome.NotYet(Refusal.AMBIGUOUS, "the answer was dropped")
                : new TerminateOutcome.Accepted();
    }

    // --- looking

    @Override
    public Mono<InstanceListing> list(String owner) {
        return Mono.fromCallable(() -> {
            chaos.mayCrash("before the list");
            if (listIsDown() || chaos.strikes(5)) {
                throw new ProviderFault(name, "list", Refusal.TRANSIENT, "try later", null, null);
            }
            var staleness = chaos.strikes(15) ? chaos.between(1, 25) : 0;
            return new InstanceListing(lie(shown(clock.instant().minusSeconds(staleness))), clock.instant());
        });
    }

    /** Now and then the list fails for minutes. */
    private boolean listIsDown() {
        if (chaos.strikes(1)) {
            listDownUntil = clock.instant().plusSeconds(chaos.between(60, 300));
        }
        return !chaos.isOver() && clock.instant().isBefore(listDownUntil);
    }

    private List<ObservedInstance> lie(List<ObservedInstance> truth) {
        if (chaos.strikes(4)) {
            return List.of();
        }
        return chaos.strikes(4) ? truth.stream().filter(_ -> chaos.chance(40)).toList() : truth;
    }

    private List<ObservedInstance> shown(Instant at) {
        return ledger.stream()
                .filter(machine -> !at.isBefore(machine.visibleAt))
                .filter(machine -> machine.aliveAt(at) || showsEnded)
                .map(machine -> observed(machine, at))
                .toList();
    }

    private static ObservedInstance observed(Machine machine, Instant at) {
        var state = stateOf(machine, at);
        return new ObservedInstance(
                new ProviderInstanceId("any", machine.id),
                machine.token,
                state,
                state == State.RUNNING && !at.isBefore(machine.reachableAt),
                null,
                machine.reclaimed && state != State.RUNNING && state != State.PENDING,
                state.name(),
                null,
                machine.createdAt);
    }

    private static State stateOf(Machine machine, Instant at) {
        if (!machine.aliveAt(at)) {
            return State.ENDED;
        }
        if (machine.stoppedAt != null && !at.isBefore(machine.stoppedAt)) {
            return State.STOPPED;
        }
        return machine.hasRunBy(at) ? State.RUNNING : State.PENDING;
    }

    // --- taking back

    void announce(Machine machine, Duration lead) {
        machine.announcedAt = clock.instant();
        machine.reclaimed = true;
        machine.endsAt = clock.instant().plus(lead.isNegative() ? Duration.ofSeconds(1) : lead);
    }

    void takeBack(Machine machine, boolean leavesShell) {
        machine.reclaimed = true;
        if (leavesShell) {
            machine.stoppedAt = clock.instant();
        } else {
            machine.endsAt = clock.instant();
        }
    }

    @Override
    public Mono<List<InterruptionSignal>> poll(String owner) {
        return Mono.fromCallable(() -> ledger.stream()
                .filter(machine -> machine.announcedAt != null && machine.aliveAt(clock.instant()))
                .map(this::signal)
                .toList());
    }

    InterruptionSignal signal(Machine machine) {
        return new InterruptionSignal(
                machine.id + machine.announcedAt,
                name,
                new ProviderInstanceId("any", machine.id),
                machine.announcedAt,
                machine.endsAt,
                "poll");
    }

    // --- for the checker

    List<Machine> ledger() {
        return ledger;
    }

    List<Machine> alive() {
        return ledger.stream()
                .filter(machine -> machine.aliveAt(clock.instant()))
                .toList();
    }

    Optional<Machine> machine(LaunchToken token) {
        return Optional.ofNullable(byToken.get(token));
    }

    Optional<Machine> machine(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<LaunchOrder> orders() {
        return List.copyOf(orders.values());
    }

    List<String> offences() {
        return offences;
    }
}
