package io.spotplane.provisioning.reconcile;

import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.provisioning.account.Account;
import io.spotplane.provisioning.account.ListingTrust;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Booting;
import io.spotplane.provisioning.instance.Draining;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Launching;
import io.spotplane.provisioning.instance.Ready;
import io.spotplane.provisioning.placement.Markets;
import io.spotplane.provisioning.placement.Placement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at one account: one list, first the cloud's and then what is written down, so that a machine made in between is never
 * taken for an orphan; then what the list says of every instance there, then the orphans.
 */
final class AccountReconciler {

    private static final Logger log = LoggerFactory.getLogger(AccountReconciler.class);
    private static final int REQUESTS_AT_A_TIME = 4;

    private final Book book;
    private final Confirmation confirmation;
    private final Markets markets;
    private final Placement placement;
    private final Orphans orphans;
    private final Meters meters;
    private final InstantSource clock;
    private final Duration patience;
    private final Map<String, Instant> doubtedSince = new ConcurrentHashMap<>();

    AccountReconciler(
            Book book,
            Confirmation confirmation,
            Markets markets,
            Placement placement,
            Orphans orphans,
            Meters meters,
            InstantSource clock,
            Duration patience) {
        this.book = book;
        this.confirmation = confirmation;
        this.markets = markets;
        this.placement = placement;
        this.orphans = orphans;
        this.meters = meters;
        this.clock = clock;
        this.patience = patience;
    }

    /** How a look went. */
    enum Look {
        /** The list was believed, and something at the account is on its way. */
        BUSY,
        /** The list was believed, and everything rests. */
        IDLE,
        /** The list failed or was not believed; nothing was changed. */
        UNRELIABLE
    }

    Mono<Look> pass(Account account) {
        return account.list()
                .flatMap(listing -> look(account, listing))
                .onErrorResume(
                        ProviderFault.class,
                        fault -> Mono.just(unreliable(account, String.valueOf(fault.getMessage()))));
    }

    private Mono<Look> look(Account account, InstanceListing listing) {
        var sighting = Sighting.of(account.provider(), listing, account.window());
        return book.holdingAt(account.provider())
                .flatMap(book::read, REQUESTS_AT_A_TIME)
                .collectList()
                .flatMap(holdings -> doubt(account, sighting, holdings)
                        .map(why -> disbelieve(account, sighting, why))
                        .orElseGet(() -> believe(account, sighting, holdings)));
    }

    /** Lists that say the same for long, without one better list in between, are the truth after all. */
    private Optional<String> doubt(Account account, Sighting sighting, List<Holding> holdings) {
        var expected = expected(holdings, account.provider(), sighting.asOf());
        var doubt = ListingTrust.doubt(sighting.ids(), expected);
        if (doubt.isEmpty()) {
            doubtedSince.remove(account.provider());
            return doubt;
        }
        var since = doubtedSince.computeIfAbsent(account.provider(), _ -> sighting.asOf());
        return doubt.filter(_ -> sighting.asOf().isBefore(since.plus(patience)));
    }

    /** Nothing is concluded from what the list lacks. An orphan that it shows is there all the same, and costs money. */
    private Mono<Look> disbelieve(Account account, Sighting sighting, String why) {
        return orphans.reap(account, sighting).then(Mono.fromCallable(() -> unreliable(account, why)));
    }

    private Mono<Look> believe(Account account, Sighting sighting, List<Holding> holdings) {
        meters.listed(account.provider(), true);
        return Flux.fromIterable(holdings)
                .filter(holding -> says(sighting, holding))
                .flatMap(holding -> apply(sighting, holding), REQUESTS_AT_A_TIME)
                .then(Mono.defer(() -> orphans.reap(account, sighting)))
                .thenReturn(inFlight(holdings, account.provider()) ? Look.BUSY : Look.IDLE);
    }

    /** Whether the list says anything new; most lists say nothing, and nothing is then written. */
    private boolean says(Sighting sighting, Holding holding) {
        return !confirmation
                .decide(sighting)
                .on(holding, clock.instant())
                .holding()
                .equals(holding);
    }

    /** What was lost is replaced in the transaction that records the loss. */
    private Mono<Holding> apply(Sighting sighting, Holding holding) {
        return markets.marketFor(holding.request().wanted())
                .map(market -> confirmation.decide(sighting).then(placement.on(market)))
                .flatMap((Decide decide) -> book.change(holding.request().id(), decide));
    }

    private Look unreliable(Account account, String why) {
        log.warn("The list of {} is not believed, nothing is changed: {}", account.provider(), why);
        meters.listed(account.provider(), false);
        return Look.UNRELIABLE;
    }

    private static Set<String> expected(Collection<Holding> holdings, String provider, Instant asOf) {
        return at(holdings, provider).stream()
                .filter(instance -> shouldBeListed(instance, asOf))
                .flatMap(instance -> instance.machine().stream())
                .map(machine -> machine.value())
                .collect(Collectors.toSet());
    }

    private static boolean shouldBeListed(Instance instance, Instant asOf) {
        return switch (instance.state()) {
            case Launching launching -> launching.seen();
            case Booting _, Ready _ -> true;
            case Draining draining -> asOf.isBefore(draining.deadline());
            default -> false;
        };
    }

    private static boolean inFlight(Collection<Holding> holdings, String provider) {
        return at(holdings, provider).stream().anyMatch(instance -> !instance.ready());
    }

    private static List<Instance> at(Collection<Holding> holdings, String provider) {
        return holdings.stream()
                .flatMap(holding -> holding.instances().stream())
                .filter(instance -> instance.open() && instance.provider().equals(provider))
                .toList();
    }
}
