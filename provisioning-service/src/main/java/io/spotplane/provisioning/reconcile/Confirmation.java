package io.spotplane.provisioning.reconcile;

import io.spotplane.contracts.event.Interruption.Certainty;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.provisioning.account.AccountSettings;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.instance.Absence;
import io.spotplane.provisioning.instance.Booting;
import io.spotplane.provisioning.instance.Closed;
import io.spotplane.provisioning.instance.Doubt;
import io.spotplane.provisioning.instance.Draining;
import io.spotplane.provisioning.instance.Failed;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.InstanceState;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.Launching;
import io.spotplane.provisioning.instance.Lost;
import io.spotplane.provisioning.instance.Notice;
import io.spotplane.provisioning.instance.Owned;
import io.spotplane.provisioning.instance.Ready;
import io.spotplane.provisioning.instance.Reason;
import io.spotplane.provisioning.instance.Remains;
import io.spotplane.provisioning.instance.Terminating;
import io.spotplane.provisioning.instance.Usable;
import io.spotplane.provisioning.offering.CoolDown;
import io.spotplane.provisioning.placement.PlacementSettings;
import java.time.Duration;
import java.time.Instant;

/**
 * What a list says of instances: the only source of "running", "ready" and "gone". What it shows is believed at once; what it lacks only when
 * a second list, the visibility window later, lacks it too, and nothing in between showed it. Pure.
 */
final class Confirmation {

    private final AccountSettings account;
    private final PlacementSettings placement;

    Confirmation(AccountSettings account, PlacementSettings placement) {
        this.account = account;
        this.placement = placement;
    }

    /** What {@code sighting} says of the instances of its provider. */
    Decide decide(Sighting sighting) {
        return (holding, now) -> {
            var decision = Decision.of(holding);
            for (var instance : holding.instances()) {
                if (instance.provider().equals(sighting.provider())) {
                    decision = confirm(decision, instance, sighting, now);
                }
            }
            return decision;
        };
    }

    private Decision confirm(Decision decision, Instance before, Sighting sighting, Instant now) {
        var after = look(before, sighting, now);
        var noted = after.state() instanceof Lost && before.notice() == null ? after.noticed(found(now)) : after;
        var next = noted.equals(before)
                ? decision
                : decision.with(decision.holding().with(noted));
        return cool(next, before, after, now);
    }

    private Instance look(Instance instance, Sighting sighting, Instant now) {
        return switch (instance.state()) {
            case Intended intended -> doubtful(instance, intended, sighting, now);
            case Owned owned -> owned(instance, owned, sighting, now);
            case Closed closed -> remains(instance, closed, sighting, now);
        };
    }

    // --- an order in doubt: its token decides

    private Instance doubtful(Instance instance, Intended intended, Sighting sighting, Instant now) {
        var doubt = intended.doubt();
        if (doubt == null) {
            return instance;
        }
        return sighting.find(instance.order().token())
                .map(machine -> {
                    var adopted = instance.become(intended.accepted(machine.id(), doubt.firstSentAt()), now);
                    return owned(adopted, (Owned) adopted.state(), sighting, now);
                })
                .orElseGet(() -> change(instance, unmade(intended, doubt, sighting), now));
    }

    /** The call itself may take as long as its time-out; only lists begun after that say something. */
    private InstanceState unmade(Intended intended, Doubt doubt, Sighting sighting) {
        var callOver = doubt.lastSentAt().plus(account.callTimeout());
        if (sighting.asOf().isBefore(callOver)) {
            return intended;
        }
        return doubt.absence().provedBy(sighting.asOf(), sighting.window())
                ? intended.neverMade("No answer to the order was read, and lists prove that no machine of it exists")
                : intended.with(doubt.absence().lackedAt(sighting.asOf(), sighting.window()));
    }

    // --- a machine that has a name

    private Instance owned(Instance instance, Owned owned, Sighting sighting, Instant now) {
        return sighting.find(owned.machine())
                .map(machine -> change(
                        instance.seenAt(machine.address(), machine.price()),
                        shown(instance, owned, machine, sighting, now),
                        now))
                .orElseGet(() -> change(instance, missing(instance, owned, sighting, now), now));
    }

    private InstanceState shown(
            Instance instance, Owned owned, ObservedInstance machine, Sighting sighting, Instant now) {
        return switch (machine.state()) {
            case PENDING, RUNNING -> alive(owned, machine, sighting, now);
            case ENDED -> ended(owned, machine, sighting);
            case STOPPED, FAILED -> stopped(owned, machine, now);
            case ENDING, UNKNOWN -> owned;
        };
    }

    private InstanceState alive(Owned owned, ObservedInstance machine, Sighting sighting, Instant now) {
        var asOf = sighting.asOf();
        var running = machine.state() == State.RUNNING;
        return switch (owned) {
            case Launching launching when running -> boot(launching.seenRunning(asOf), machine, asOf, now);
            case Launching launching
            when overdue(launching.orderedAt(), account.launchTimeout(), asOf) ->
                launching.terminate(Reason.LAUNCH_TIMEOUT, "Not running after " + account.launchTimeout(), now);
            case Launching launching -> launching.seenPending();
            case Booting booting -> boot((Booting) booting.with(Absence.NONE), machine, asOf, now);
            case Ready _, Draining _, Terminating _ -> owned.with(Absence.NONE);
        };
    }

    private InstanceState boot(Booting booting, ObservedInstance machine, Instant asOf, Instant now) {
        if (machine.reachable()) {
            return booting.reachable(asOf);
        }
        return overdue(booting.seenRunningAt(), account.bootTimeout(), asOf)
                ? booting.terminate(Reason.BOOT_TIMEOUT, "Not reachable after " + account.bootTimeout(), now)
                : booting;
    }

    private static InstanceState ended(Owned owned, ObservedInstance machine, Sighting sighting) {
        if (owned instanceof Terminating terminating) {
            return gone(terminating, sighting);
        }
        var cause = machine.reclaimed() ? Reason.RECLAIMED : Reason.ENDED_BY_PROVIDER;
        return owned.lost(cause.name(), "The provider shows it ended: " + machine.detail(), Remains.NOTHING);
    }

    private static InstanceState stopped(Owned owned, ObservedInstance machine, Instant now) {
        if (owned instanceof Terminating) {
            return owned.with(Absence.NONE);
        }
        var cause = machine.reclaimed() ? Reason.RECLAIMED : Reason.STOPPED_BY_PROVIDER;
        return owned.lost(
                cause.name(), "The provider shows it stopped: " + machine.detail(), Remains.of(machine.id(), now));
    }

    private InstanceState missing(Instance instance, Owned owned, Sighting sighting, Instant now) {
        var ordered = instance.milestones().orderedAt();
        if (ordered != null && sighting.asOf().isBefore(ordered.plus(sighting.window()))) {
            return owned;
        }
        return switch (owned) {
            case Launching launching when !launching.seen() -> unseen(launching, sighting, now);
            case Terminating terminating -> gone(terminating, sighting);
            case Usable _, Draining _ -> vanished(owned, sighting);
        };
    }

    private InstanceState unseen(Launching launching, Sighting sighting, Instant now) {
        return overdue(launching.orderedAt(), account.launchTimeout(), sighting.asOf())
                        && launching.absence().provedBy(sighting.asOf(), sighting.window())
                ? launching.neverSeen("Accepted, and not in any list for " + account.launchTimeout(), now)
                : launching.with(launching.absence().lackedAt(sighting.asOf(), sighting.window()));
    }

    private static InstanceState vanished(Owned owned, Sighting sighting) {
        return owned.absence().provedBy(sighting.asOf(), sighting.window())
                ? owned.lost(
                        Reason.VANISHED.name(),
                        "Lists lack it since " + owned.absence().since(),
                        Remains.NOTHING)
                : owned.with(owned.absence().lackedAt(sighting.asOf(), sighting.window()));
    }

    private static InstanceState gone(Terminating terminating, Sighting sighting) {
        return terminating.absence().provedBy(sighting.asOf(), sighting.window())
                ? terminating.provedGone()
                : terminating.with(terminating.absence().lackedAt(sighting.asOf(), sighting.window()));
    }

    // --- what is left of closed ones

    private static Instance remains(Instance instance, Closed closed, Sighting sighting, Instant now) {
        var left = closed.remains();
        var machine = left.machine();
        if (machine == null) {
            return instance;
        }
        var there = sighting.find(machine)
                .filter(found -> found.state() != State.ENDED)
                .isPresent();
        var next = there
                ? left.with(Absence.NONE)
                : left.absence().provedBy(sighting.asOf(), sighting.window())
                        ? Remains.NOTHING
                        : left.with(left.absence().lackedAt(sighting.asOf(), sighting.window()));
        return change(instance, closed.with(next), now);
    }

    // --- what follows for the offering

    private Decision cool(Decision decision, Instance before, Instance after, Instant now) {
        if (before.state().phase() == after.state().phase()) {
            return decision;
        }
        return switch (after.state()) {
            case Lost lost -> rest(decision, after, lost.reason(), placement.interruptionCoolDown(), now);
            case Failed failed -> rest(decision, after, failed.reason(), placement.failureCoolDown(), now);
            case Terminating ending
            when before.serving() -> rest(decision, after, ending.reason(), placement.failureCoolDown(), now);
            default -> decision;
        };
    }

    private static Decision rest(Decision decision, Instance instance, String reason, Duration time, Instant now) {
        return decision.cooling(CoolDown.of(
                instance.order().offering(),
                now.plus(time),
                reason,
                instance.state().message()));
    }

    private static Notice found(Instant now) {
        return new Notice(Certainty.OBSERVED, "inspection", now, now, null);
    }

    private static boolean overdue(Instant since, Duration limit, Instant asOf) {
        return !asOf.isBefore(since.plus(limit));
    }

    private static Instance change(Instance instance, InstanceState next, Instant now) {
        return next.equals(instance.state()) ? instance : instance.become(next, now);
    }
}
