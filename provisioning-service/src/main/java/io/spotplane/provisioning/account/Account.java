package io.spotplane.provisioning.account;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InstanceLauncher.Resolution;
import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.InterruptionFeed;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.spi.TerminateOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One provider account: every call through it has a time limit and an answer that can be acted on. */
public final class Account {

    private static final Logger log = LoggerFactory.getLogger(Account.class);

    private final InstanceLauncher launcher;
    private final InstanceInspector inspector;
    private final @Nullable InterruptionFeed feed;
    private final AccountSettings settings;

    /**
     * @param launcher buys and ends
     * @param inspector looks; of the same provider
     * @param feed notices that have to be asked for; null where the provider has none
     * @param settings limits and the owner's name
     */
    public Account(
            InstanceLauncher launcher,
            InstanceInspector inspector,
            @Nullable InterruptionFeed feed,
            AccountSettings settings) {
        this.launcher = launcher;
        this.inspector = inspector;
        this.feed = feed;
        this.settings = settings;
    }

    /** The provider's name. */
    public String provider() {
        return launcher.provider();
    }

    /** How an unread answer is resolved. */
    public Resolution resolution() {
        return launcher.resolution();
    }

    /** How long lists may lag behind. */
    public Duration window() {
        var own = launcher.visibilityWindow();
        return own.compareTo(settings.visibilityWindow()) > 0 ? own : settings.visibilityWindow();
    }

    /** Sends the order once. Whatever goes wrong without an answer is {@code Unknown}: a machine may exist. */
    public Mono<LaunchOutcome> launch(LaunchOrder order) {
        return launcher.launch(order)
                .timeout(settings.callTimeout())
                .onErrorResume(
                        fault -> Mono.just(new LaunchOutcome.Unknown(order.token(), unforeseen("launch", fault))));
    }

    /** Asks for a machine's end once. */
    public Mono<TerminateOutcome> terminate(ProviderInstanceId machine) {
        return launcher.terminate(machine)
                .timeout(settings.callTimeout())
                .onErrorResume(fault ->
                        Mono.just(new TerminateOutcome.NotYet(Refusal.AMBIGUOUS, unforeseen("terminate", fault))));
    }

    /** Every machine of ours, or {@link ProviderFault}. */
    public Mono<InstanceListing> list() {
        return inspector
                .list(settings.owner())
                .timeout(settings.callTimeout())
                .onErrorMap(fault -> !(fault instanceof ProviderFault), fault -> asFault("list", fault));
    }

    /** The notices that stand, none where they cannot be asked for, or {@link ProviderFault}. */
    public Mono<List<InterruptionSignal>> notices() {
        return feed == null
                ? Mono.just(List.of())
                : feed.poll(settings.owner())
                        .timeout(settings.callTimeout())
                        .onErrorMap(fault -> !(fault instanceof ProviderFault), fault -> asFault("poll", fault));
    }

    private String unforeseen(String operation, Throwable fault) {
        if (fault instanceof TimeoutException) {
            return "no answer within " + settings.callTimeout();
        }
        log.error("{} {} failed in an unforeseen way", provider(), operation, fault);
        return "the call failed with " + fault.getClass().getSimpleName();
    }

    private ProviderFault asFault(String operation, Throwable fault) {
        return new ProviderFault(provider(), operation, Refusal.TRANSIENT, unforeseen(operation, fault), null, fault);
    }
}
