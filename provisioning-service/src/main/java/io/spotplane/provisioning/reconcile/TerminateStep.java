package io.spotplane.provisioning.reconcile;

import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.spi.TerminateOutcome;
import io.spotplane.provisioning.account.Account;
import io.spotplane.provisioning.account.AccountWake;
import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Grip;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Instance;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks for the end of machines, again and again until lists prove it. */
final class TerminateStep implements Step {

    private static final Logger log = LoggerFactory.getLogger(TerminateStep.class);
    private static final int CALLS_AT_A_TIME = 8;

    private final Book book;
    private final Accounts accounts;
    private final AccountWake wake;
    private final Duration lookAfter;
    private final InstantSource clock;

    TerminateStep(Book book, Accounts accounts, AccountWake wake, Duration lookAfter, InstantSource clock) {
        this.book = book;
        this.accounts = accounts;
        this.wake = wake;
        this.lookAfter = lookAfter;
        this.clock = clock;
    }

    @Override
    public Mono<Void> run(Grip grip, Holding holding) {
        return Flux.fromIterable(holding.instances())
                .filter(this::due)
                .flatMap(instance -> end(grip, instance), CALLS_AT_A_TIME)
                .then();
    }

    @Override
    public String name() {
        return "terminate";
    }

    private boolean due(Instance instance) {
        return instance.farewell()
                .filter(farewell -> farewell.due(clock.instant()))
                .isPresent();
    }

    private Mono<Void> end(Grip grip, Instance instance) {
        return Mono.zip(Mono.justOrEmpty(accounts.at(instance.provider())), Mono.justOrEmpty(instance.machine()))
                .flatMap(both -> ask(both.getT1(), both.getT2()))
                .flatMap(accepted -> book.change(grip, asked(instance, accepted)))
                .flatMap(_ -> wake.lookWithin(instance.provider(), lookAfter));
    }

    private static Mono<Boolean> ask(Account account, ProviderInstanceId machine) {
        return account.terminate(machine).map(outcome -> switch (outcome) {
            case TerminateOutcome.Accepted _ -> true;
            case TerminateOutcome.NotYet notYet -> {
                log.warn("{} did not end {} yet: {}", account.provider(), machine, notYet.message());
                yield false;
            }
        });
    }

    private static Decide asked(Instance instance, boolean accepted) {
        return (holding, now) -> Decision.of(holding.instance(instance.id())
                .map(known -> holding.with(known.asked(accepted, now)))
                .orElse(holding));
    }
}
