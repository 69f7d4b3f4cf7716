package io.spotplane.provisioning.reconcile;

import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchOutcome.Accepted;
import io.spotplane.providers.spi.LaunchOutcome.Declined;
import io.spotplane.providers.spi.LaunchOutcome.Unknown;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Backoff;
import io.spotplane.provisioning.instance.Doubt;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.InstanceState;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.Reason;
import io.spotplane.provisioning.offering.CoolDown;
import io.spotplane.provisioning.placement.PlacementSettings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a launch order's answer means for the intent, and for what else is bought there. Pure. */
final class LaunchAnswers {

    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final PlacementSettings settings;
    private final Duration launchTimeout;

    LaunchAnswers(PlacementSettings settings, Duration launchTimeout) {
        this.settings = settings;
        this.launchTimeout = launchTimeout;
    }

    /**
     * @param sent the instance as it was when its order went out, marked as sent
     * @param earlier what was in doubt before this order went out
     * @param outcome what came of it
     */
    Decide decide(Instance sent, @Nullable Doubt earlier, LaunchOutcome outcome) {
        return (holding, now) -> holding.instance(sent.id())
                .filter(instance -> sameOrder(instance.state(), sent.state()))
                .map(instance -> answered(holding, instance, earlier, outcome, now))
                .orElse(Decision.of(holding));
    }

    /** Whether nothing but knowledge of the token's absence has changed since the order went out. */
    private static boolean sameOrder(InstanceState now, InstanceState then) {
        return now instanceof Intended is
                && then instanceof Intended was
                && is.attempts() == was.attempts()
                && is.doubt() != null;
    }

    private Decision answered(
            Holding holding, Instance instance, @Nullable Doubt earlier, LaunchOutcome outcome, Instant now) {
        var intended = (Intended) instance.state();
        return switch (outcome) {
            case Accepted accepted ->
                become(holding, instance, intended.accepted(accepted.instance(), firstSent(intended, now)), now);
            case Unknown unknown ->
                become(holding, instance, intended.unanswered(again(intended, null, now), unknown.why()), now);
            case Declined declined -> declined(holding, instance, intended, earlier, declined, now);
        };
    }

    private Decision declined(
            Holding holding,
            Instance instance,
            Intended intended,
            @Nullable Doubt earlier,
            Declined declined,
            Instant now) {
        var why = instance.provider() + " said " + declined.providerCode() + ": " + declined.message();
        var offering = instance.order().offering();
        return switch (declined.refusal()) {
            case NO_CAPACITY, PRICE_TOO_LOW ->
                refused(holding, instance, intended, declined, why, now)
                        .cooling(CoolDown.of(offering, now.plus(settings.noCapacityCoolDown()), name(declined), why));
            case INVALID, GONE ->
                refused(holding, instance, intended, declined, why, now)
                        .cooling(CoolDown.of(offering, now.plus(settings.invalidCoolDown()), name(declined), why));
            case QUOTA, INSUFFICIENT_FUNDS ->
                refused(holding, instance, intended, declined, why, now)
                        .cooling(suspended(instance, declined, why, now));
            case AUTH -> unauthorised(holding, instance, intended, earlier, declined, why, now);
            case THROTTLED, TRANSIENT -> later(holding, instance, intended, earlier, declined, why, now);
            case AMBIGUOUS -> become(holding, instance, intended.unanswered(again(intended, null, now), why), now);
        };
    }

    /** Credentials that fail now say nothing about an order that went out before. */
    private Decision unauthorised(
            Holding holding,
            Instance instance,
            Intended intended,
            @Nullable Doubt earlier,
            Declined declined,
            String why,
            Instant now) {
        var decision = earlier == null
                ? refused(holding, instance, intended, declined, why, now)
                : become(holding, instance, intended.heldBack(earlier, again(intended, null, now), why), now);
        return decision.cooling(suspended(instance, declined, why, now));
    }

    private Decision later(
            Holding holding,
            Instance instance,
            Intended intended,
            @Nullable Doubt earlier,
            Declined declined,
            String why,
            Instant now) {
        var patienceOver = !now.isBefore(instance.milestones().intendedAt().plus(launchTimeout));
        if (earlier == null && patienceOver) {
            var rest = now.plus(settings.outageSuspension());
            return become(holding, instance, intended.refused(Reason.PROVIDER_UNAVAILABLE.name(), why), now)
                    .cooling(CoolDown.ofAccount(instance.provider(), rest, name(declined), why));
        }
        return become(
                holding, instance, intended.heldBack(earlier, again(intended, declined.retryAfter(), now), why), now);
    }

    private static Decision refused(
            Holding holding, Instance instance, Intended intended, Declined declined, String why, Instant now) {
        return become(holding, instance, intended.refused(name(declined), why), now);
    }

    private CoolDown suspended(Instance instance, Declined declined, String why, Instant now) {
        return CoolDown.ofAccount(instance.provider(), now.plus(settings.suspension()), name(declined), why);
    }

    private static Decision become(Holding holding, Instance instance, InstanceState next, Instant now) {
        return Decision.of(holding.with(instance.become(next, now)));
    }

    private static Instant again(Intended intended, @Nullable Duration asked, Instant now) {
        var wait = AGAIN.afterAttempt(intended.attempts());
        return now.plus(asked != null && asked.compareTo(wait) > 0 ? asked : wait);
    }

    private static Instant firstSent(Intended intended, Instant now) {
        return intended.doubt() == null ? now : intended.doubt().firstSentAt();
    }

    private static String name(Declined declined) {
        return declined.refusal().name();
    }
}
