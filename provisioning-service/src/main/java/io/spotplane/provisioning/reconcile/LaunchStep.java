package io.spotplane.provisioning.reconcile;

import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.provisioning.account.Account;
import io.spotplane.provisioning.account.AccountSettings;
import io.spotplane.provisioning.account.AccountWake;
import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Grip;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Doubt;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends launch orders: marks the intent as sent, calls, writes the answer down. A crash anywhere leaves a doubt that the mark
 * keeps; the token makes sure that resolving it never makes a second machine.
 */
final class LaunchStep implements Step {

    private static final int ORDERS_AT_A_TIME = 8;

    private final Book book;
    private final Accounts accounts;
    private final AccountSettings settings;
    private final Sending sending;
    private final LaunchAnswers answers;
    private final AccountWake wake;
    private final Duration lookAfter;
    private final Meters meters;
    private final InstantSource clock;

    LaunchStep(
            Book book,
            Accounts accounts,
            AccountSettings settings,
            Sending sending,
            LaunchAnswers answers,
            AccountWake wake,
            Duration lookAfter,
            Meters meters,
            InstantSource clock) {
        this.book = book;
        this.accounts = accounts;
        this.settings = settings;
        this.sending = sending;
        this.answers = answers;
        this.wake = wake;
        this.lookAfter = lookAfter;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Mono<Void> run(Grip grip, Holding holding) {
        return Flux.fromIterable(holding.instances())
                .flatMap(instance -> launchIfDue(grip, holding, instance), ORDERS_AT_A_TIME)
                .then();
    }

    @Override
    public String name() {
        return "launch";
    }

    private Mono<Void> launchIfDue(Grip grip, Holding holding, Instance instance) {
        return Mono.justOrEmpty(accounts.at(instance.provider()))
                .filter(account -> sending.due(holding, instance, account, clock.instant()))
                .flatMap(account -> launch(grip, instance, account));
    }

    private Mono<Void> launch(Grip grip, Instance before, Account account) {
        return book.change(grip, sending.decide(before.id(), account))
                .flatMap(marked -> Mono.justOrEmpty(marked.instance(before.id())))
                .filter(marked -> isSentNow(before, marked))
                .flatMap(sent -> account.launch(sent.launchOrder(settings.owner()))
                        .doOnNext(outcome -> meters.launchAttempted(sent.provider(), outcome))
                        .flatMap(outcome -> record(grip, sent, doubtOf(before), outcome)));
    }

    private Mono<Void> record(Grip grip, Instance sent, @Nullable Doubt earlier, LaunchOutcome outcome) {
        return book.change(grip, answers.decide(sent, earlier, outcome))
                .then(wake.lookWithin(sent.provider(), lookAfter));
    }

    private static boolean isSentNow(Instance before, Instance marked) {
        return marked.state() instanceof Intended now
                && before.state() instanceof Intended then
                && now.attempts() == then.attempts() + 1;
    }

    private static @Nullable Doubt doubtOf(Instance instance) {
        return instance.state() instanceof Intended intended ? intended.doubt() : null;
    }
}
