package io.spotplane.provisioning.reconcile;

import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.provisioning.account.Account;
import io.spotplane.provisioning.account.AccountSettings;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends machines that carry our mark and that nobody here pays attention to: their token is unknown, or belongs to an instance that is
 * closed or is another machine. An intent that is not closed keeps its machine: it will be adopted.
 */
final class Orphans {

    private static final Logger log = LoggerFactory.getLogger(Orphans.class);
    private static final int CALLS_AT_A_TIME = 8;

    private final Book book;
    private final AccountSettings settings;
    private final Meters meters;
    private final Map<String, Instant> firstSeen = new ConcurrentHashMap<>();

    Orphans(Book book, AccountSettings settings, Meters meters) {
        this.book = book;
        this.settings = settings;
        this.meters = meters;
    }

    Mono<Void> reap(Account account, Sighting sighting) {
        var alive = sighting.machines().values().stream().filter(Orphans::alive).toList();
        return known(alive)
                .flatMap(known -> Flux.fromIterable(alive)
                        .filter(machine -> isOrphan(machine, known) && isOld(account, machine, sighting.asOf()))
                        .flatMap(machine -> end(account, machine), CALLS_AT_A_TIME)
                        .then());
    }

    private Mono<Map<LaunchToken, Instance>> known(List<ObservedInstance> machines) {
        var tokens = machines.stream()
                .map(ObservedInstance::token)
                .filter(Objects::nonNull)
                .map(LaunchToken::value)
                .toList();
        return book.withTokens(tokens)
                .collect(Collectors.toMap(instance -> instance.order().token(), instance -> instance));
    }

    private static boolean alive(ObservedInstance machine) {
        return machine.state() != State.ENDED && machine.state() != State.ENDING;
    }

    private static boolean isOrphan(ObservedInstance machine, Map<LaunchToken, Instance> known) {
        return machine.token() == null || !isHeldBy(known.get(machine.token()), machine);
    }

    private static boolean isHeldBy(@Nullable Instance instance, ObservedInstance machine) {
        return instance != null
                && instance.open()
                && (instance.state() instanceof Intended
                        || instance.machine()
                                .filter(own -> own.value().equals(machine.id().value()))
                                .isPresent());
    }

    private boolean isOld(Account account, ObservedInstance machine, Instant asOf) {
        var seen = firstSeen.computeIfAbsent(
                account.provider() + "/" + machine.id().value(), _ -> asOf);
        var since = machine.launchedAt() == null ? seen : machine.launchedAt();
        return !asOf.isBefore(since.plus(settings.orphanAge()));
    }

    private Mono<Void> end(Account account, ObservedInstance machine) {
        log.warn("Ending {} of {}: it carries our mark and nobody here holds it", machine.id(), account.provider());
        meters.orphanReaped(account.provider());
        return account.terminate(machine.id()).then();
    }
}
