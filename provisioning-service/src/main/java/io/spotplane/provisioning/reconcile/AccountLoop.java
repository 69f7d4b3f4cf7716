package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.account.Account;
import io.spotplane.provisioning.account.AccountTurns;
import io.spotplane.provisioning.account.Accounts;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Lists every account in its turn: often while something is in flight there, else now and then. One replica at a time. */
final class AccountLoop extends Loop {

    private static final int TICKS_PER_LISTING = 4;
    private static final int MOST_ACCOUNTS = 256;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final Accounts accounts;
    private final AccountTurns turns;
    private final AccountReconciler reconciler;
    private final ReconcileSettings settings;

    AccountLoop(Accounts accounts, AccountTurns turns, AccountReconciler reconciler, ReconcileSettings settings) {
        this.accounts = accounts;
        this.turns = turns;
        this.reconciler = reconciler;
        this.settings = settings;
    }

    @Override
    Flux<?> work() {
        return enlisted().thenMany(Flux.fromIterable(accounts.all()).flatMap(this::watch, MOST_ACCOUNTS));
    }

    private Mono<Void> enlisted() {
        return turns.enlist(accounts.providers())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY).maxBackoff(LAST_RETRY));
    }

    private Flux<Void> watch(Account account) {
        return Flux.interval(settings.busyListing().dividedBy(TICKS_PER_LISTING))
                .onBackpressureDrop()
                .concatMap(_ -> survive(turn(account)), 0);
    }

    private Mono<Void> turn(Account account) {
        return turns.take(account.provider())
                .flatMap(token -> whileHeld(settings.lease(), turns.extend(account.provider(), token), survive(reconciler.pass(account)))
                        .map(this::next)
                        .defaultIfEmpty(settings.idleListing())
                        .flatMap(delay -> turns.release(account.provider(), token, delay)));
    }

    private Duration next(AccountReconciler.Look look) {
        return switch (look) {
            case BUSY, UNRELIABLE -> settings.busyListing();
            case IDLE -> settings.idleListing();
        };
    }
}
