package io.spotplane.provisioning.reconcile;

import io.spotplane.providers.spi.InstanceLauncher.Resolution;
import io.spotplane.provisioning.account.Account;
import io.spotplane.provisioning.account.AccountSettings;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Whether an order may go out now, and the mark that it does. An order in doubt goes out again only where its provider knows tokens, while
 * it is still wanted and until the launch time-out; after that only lists decide. Pure.
 */
final class Sending {

    private final AccountSettings settings;
    private final Duration maxPriceAge;

    Sending(AccountSettings settings, Duration maxPriceAge) {
        this.settings = settings;
        this.maxPriceAge = maxPriceAge;
    }

    /** Whether there is something to decide for this instance. */
    boolean due(Holding holding, Instance instance, Account account, Instant now) {
        return instance.state() instanceof Intended intended
                && holding.request().ending() == null
                && !now.isBefore(intended.dueAt())
                && (intended.doubt() == null || mayRepeat(intended, account, now));
    }

    /** Marks the order as sent; a price that has got too old meanwhile is not bought on. */
    Decide decide(UUID instanceId, Account account) {
        return (holding, now) -> holding.instance(instanceId)
                .filter(instance -> due(holding, instance, account, now))
                .map(instance -> Decision.of(holding.with(sent(instance, now))))
                .orElse(Decision.of(holding));
    }

    private Instance sent(Instance instance, Instant now) {
        var intended = (Intended) instance.state();
        var confirmed = instance.order().offering().receivedAt();
        if (intended.doubt() == null && confirmed.plus(maxPriceAge).isBefore(now)) {
            var why = "The price was confirmed at " + confirmed + ", which is too long ago";
            return instance.become(intended.withdrawn(Reason.PRICE_STALE, why), now);
        }
        return instance.become(intended.sending(now, settings.callTimeout()), now);
    }

    private boolean mayRepeat(Intended intended, Account account, Instant now) {
        var doubt = intended.doubt();
        return doubt != null
                && account.resolution() == Resolution.REPEAT_WITH_TOKEN
                && now.isBefore(doubt.firstSentAt().plus(settings.launchTimeout()));
    }
}
