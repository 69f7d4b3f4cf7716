package io.spotplane.provisioning.interruption;

import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.provisioning.account.Account;
import io.spotplane.provisioning.account.AccountWake;
import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.interruption.RecordInterruption.Outcome;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks every account for its notices, and tries those again whose machine nobody knew. */
public final class InterruptionPolling {

    private static final Logger log = LoggerFactory.getLogger(InterruptionPolling.class);

    private final Accounts accounts;
    private final RecordInterruption interruptions;
    private final AccountWake wake;
    private final Duration keepUnmatched;

    public InterruptionPolling(
            Accounts accounts, RecordInterruption interruptions, AccountWake wake, Duration keepUnmatched) {
        this.accounts = accounts;
        this.interruptions = interruptions;
        this.wake = wake;
        this.keepUnmatched = keepUnmatched;
    }

    /** One round. An account that does not answer is left for the next. */
    public Mono<Void> pass() {
        return Flux.fromIterable(accounts.all())
                .flatMap(this::ask)
                .then(Mono.defer(() -> interruptions.retryUnmatched(keepUnmatched)));
    }

    private Mono<Void> ask(Account account) {
        return account.notices()
                .flatMapIterable(signals -> signals)
                .concatMap(interruptions::record)
                .collectList()
                .filter(outcomes -> outcomes.contains(Outcome.UNMATCHED))
                .flatMap(_ -> wake.lookWithin(account.provider(), Duration.ZERO))
                .onErrorResume(ProviderFault.class, fault -> {
                    log.warn("No notices could be asked for: {}", fault.getMessage());
                    return Mono.empty();
                });
    }
}
