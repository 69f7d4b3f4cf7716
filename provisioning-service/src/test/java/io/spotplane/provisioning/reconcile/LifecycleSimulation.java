package io.spotplane.provisioning.reconcile;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.providers.spi.InstanceLauncher.Resolution;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.provisioning.account.Account;
import io.spotplane.provisioning.account.AccountSettings;
import io.spotplane.provisioning.account.AccountWake;
import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.budget.BudgetPolicy;
import io.spotplane.provisioning.holding.CapacityRequest;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Ending;
import io.spotplane.provisioning.holding.Wanted;
import io.spotplane.provisioning.interruption.InterruptionPolling;
import io.spotplane.provisioning.interruption.RecordInterruption;
import io.spotplane.provisioning.placement.Markets;
import io.spotplane.provisioning.placement.Placement;
import io.spotplane.provisioning.placement.PlacementSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * One random life: tenants come and go, prices move, providers misbehave, the process dies between any two steps. The real
 * reconciler, decisions and budget; only database, providers and clock are made up. After every event the {@link Checker} looks.
 */
final class LifecycleSimulation {

    private static final int EVENTS = 180;
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final List<String> ZONES = List.of("a", "b", "c");

    private final Chaos chaos;
    private final Sabotage sabotage;
    private final List<MisbehavingProvider> providers;
    private final Database database;
    private final Checker checker;
    private final AccountSettings accountSettings;
    private final PlacementSettings placementSettings;
    private final BudgetPolicy budget;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private long nextId;
    private Running process;
    private boolean pricesMove = true;

    /** What lives in memory and is gone with a crash. */
    private record Running(Accounts accounts, Reconcilers reconcilers, InterruptionPolling polling) {}

    LifecycleSimulation(long seed, Sabotage sabotage) {
        this.chaos = new Chaos(seed);
        this.sabotage = sabotage;
        this.providers = List.of(
                new MisbehavingProvider("tokens", Resolution.REPEAT_WITH_TOKEN, true, WINDOW, () -> now, chaos),
                new MisbehavingProvider("names", Resolution.LOOK_BY_TOKEN, false, WINDOW, () -> now, chaos));
        this.checker = new Checker(providers, () -> now);
        this.database = new Database(() -> now, chaos, checker::written);
        this.accountSettings = new AccountSettings(
                "sim",
                sabotage == Sabotage.ONE_LIST_IS_PROOF ? Duration.ofNanos(1) : WINDOW,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofMinutes(10),
                sabotage == Sabotage.NO_REAPER ? Duration.ofDays(999) : Duration.ofSeconds(30));
        this.placementSettings = new PlacementSettings(
                sabotage == Sabotage.OLD_PRICES ? Duration.ofDays(9) : Duration.ofMinutes(10),
                new BigDecimal("1.5"),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofMinutes(3),
                Duration.ofMinutes(20),
                Duration.ofMinutes(3),
                Duration.ofMinutes(1),
                Duration.ofHours(24));
        this.budget = new BudgetPolicy(Duration.ofSeconds(30), Duration.ofMinutes(2));
        this.process = boot();
    }

    /** Lives through it; the first broken invariant is thrown. */
    void run() {
        reprice();
        submit();
        for (var event = 0; event < EVENTS; event++) {
            step();
        }
        chaos.end();
        settleDown(Duration.ofMinutes(45));
        checker.everyLiveRequestIsServedOrSaysWhyNot(database);
        database.requests().forEach(this::delete);
        settleDown(Duration.ofMinutes(30));
        checker.nothingIsLeft(database);
    }

    private void step() {
        now = now.plusMillis(chaos.between(200, 5000));
        attempt(this::something);
        work();
        checker.look(database);
    }

    private void work() {
        for (var account : List.copyOf(process.accounts().all())) {
            attempt(() -> process.reconcilers().accounts().pass(account).block());
        }
        if (chaos.chance(40)) {
            attempt(() -> process.polling().pass().block());
        }
        attempt(() -> database.takeDue(10)
                .concatMap(grip -> process.reconcilers().requests().pass(grip))
                .blockLast());
    }

    private void something() {
        switch (chaos.between(0, 23)) {
            case 0 -> submit();
            case 1 ->
                database.requests().stream()
                        .skip(chaos.between(0, database.requests().size() - 1))
                        .findFirst()
                        .ifPresent(this::maybeDelete);
            case 2, 3, 4 -> maybeReprice();
            case 5, 6 -> reclaim(true);
            case 7 -> reclaim(false);
            case 8 -> orphan();
            case 9 -> throw new Crash("out of the blue");
            case 10 -> idle();
            default -> {
                // An ordinary moment.
            }
        }
    }

    // --- the world

    private void submit() {
        var capped = chaos.chance(60);
        var wanted = new Wanted(
                new Wanted.Gpus("L4", 1, 0),
                null,
                chaos.between(1, 7),
                null,
                capped ? HourlyPrice.usd(chaos.one(List.of("0.70", "1.20", "2.00"))) : null,
                chaos.chance(40) ? Money.usd(chaos.one(List.of("0.20", "1.00", "6.00"))) : null,
                List.of(),
                List.of(),
                null);
        database.open(CapacityRequest.accept(id(), "acme", RequestKind.GPU, null, wanted, "sim", null, now))
                .block();
    }

    private void maybeDelete(CapacityRequest request) {
        if (chaos.chance(50)) {
            delete(request);
        }
    }

    private void delete(CapacityRequest request) {
        attempt(() -> database.change(
                        request.id(),
                        (holding, at) ->
                                Decision.of(holding.with(holding.request().end(Ending.Cause.DELETED, at))))
                .block());
    }

    /** Sometimes no price comes for a long while. */
    private void maybeReprice() {
        pricesMove = pricesMove ? !chaos.strikes(10) : chaos.chance(20);
        if (pricesMove) {
            reprice();
        }
    }

    private void reprice() {
        for (var provider : providers) {
            for (var zone : ZONES) {
                database.put(offering(provider.provider(), zone)).block();
            }
        }
    }

    private Offering offering(String provider, String zone) {
        var price = HourlyPrice.per(new Money(BigDecimal.valueOf(chaos.between(40, 160), 2), "USD"));
        return new Offering(
                provider + ":r:" + zone,
                provider,
                "r",
                zone,
                "g6",
                4,
                16_384,
                new Gpu("L4", 1, 24),
                CapacityType.SPOT,
                price,
                price,
                chaos.strikes(10) ? Availability.NONE : Availability.HIGH,
                "sim",
                now,
                now);
    }

    private void reclaim(boolean announced) {
        var provider = chaos.one(providers);
        var victims = provider.alive().stream()
                .filter(machine -> machine.endsAt == null)
                .toList();
        if (victims.isEmpty()) {
            return;
        }
        var victim = chaos.one(victims);
        if (announced) {
            provider.announce(victim, Duration.ofSeconds(chaos.one(List.of(-10, 5, 30, 120))));
        } else {
            provider.takeBack(victim, chaos.chance(30));
        }
    }

    private void orphan() {
        var token = chaos.chance(50) ? new LaunchToken("sp-" + "x".repeat(24)) : null;
        chaos.one(providers).create(token, HourlyPrice.usd("1.00"));
    }

    private void idle() {
        var until = now.plusSeconds(chaos.between(60, 900));
        while (now.isBefore(until)) {
            now = now.plusSeconds(5);
            work();
            checker.look(database);
        }
    }

    private void settleDown(Duration time) {
        var until = now.plus(time);
        var nextPrices = now;
        while (now.isBefore(until)) {
            if (!now.isBefore(nextPrices)) {
                reprice();
                nextPrices = now.plusSeconds(240);
            }
            now = now.plusSeconds(30);
            work();
        }
        checker.look(database);
    }

    // --- the process

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (Crash crash) {
            database.restart(sabotage == Sabotage.FORGETS_THE_MARK);
            process = boot();
        } catch (RuntimeException wrapped) {
            if (Exceptions.unwrap(wrapped) instanceof AssertionError broken) {
                throw broken;
            }
            throw wrapped;
        }
    }

    private Running boot() {
        Supplier<UUID> ids = this::id;
        var saboteurs = providers.stream()
                .map(provider -> new Saboteur(provider, sabotage, () -> now))
                .toList();
        var accounts = new Accounts(saboteurs.stream()
                .map(provider -> new Account(provider, provider, provider.feed(), accountSettings))
                .toList());
        var markets = new Markets(database, database, accounts.providers(), () -> now);
        var placement = new Placement(placementSettings, budget, ids);
        var meters = new SimpleMeterRegistry();
        AccountWake wake = (_, _) -> Mono.empty();
        var recording = new RecordInterruption(
                database,
                database,
                markets,
                placement,
                placementSettings.interruptionCoolDown(),
                database,
                meters,
                () -> now);
        var reconcilers = Reconcilers.of(
                database,
                accounts,
                wake,
                markets,
                placement,
                budget,
                accountSettings,
                placementSettings,
                settings(),
                meters,
                () -> now);
        return new Running(
                accounts, reconcilers, new InterruptionPolling(accounts, recording, wake, Duration.ofHours(1)));
    }

    private ReconcileSettings settings() {
        return new ReconcileSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                sabotage == Sabotage.ENDLESS_DRAIN ? Duration.ofHours(1) : Duration.ofSeconds(5),
                16);
    }

    private UUID id() {
        return new UUID(7L << 12, ++nextId);
    }
}
