package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Draining;
import io.spotplane.provisioning.instance.Farewell;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When a request is to be looked at next. Being early costs a look, being late costs money; changes from outside wake it anyway. */
final class Agenda {

    private final ReconcileSettings settings;

    Agenda(ReconcileSettings settings) {
        this.settings = settings;
    }

    Instant next(Holding holding, Instant now) {
        var routine = now.plus(holding.missing() > 0 ? settings.retryPlacing() : settings.idle());
        return Stream.concat(
                        holding.instances().stream().flatMap(instance -> due(instance).stream()), Stream.of(routine))
                .filter(moment -> moment.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(routine);
    }

    /** Whether another round may bring something at once: an intent to send, a refusal to place elsewhere. */
    boolean moreNow(Holding before, Holding after, Instant now) {
        return !before.equals(after)
                && (unplaced(after) || after.instances().stream().anyMatch(instance -> dueNow(instance, now)));
    }

    private static boolean unplaced(Holding holding) {
        return holding.missing() > 0 && holding.request().obstacle() == null;
    }

    private static boolean dueNow(Instance instance, Instant now) {
        return due(instance).filter(moment -> !moment.isAfter(now)).isPresent();
    }

    private static Optional<Instant> due(Instance instance) {
        return switch (instance.state()) {
            case Intended intended -> Optional.of(intended.dueAt());
            case Draining draining -> Optional.of(draining.deadline());
            default -> instance.farewell().map(Farewell::dueAt);
        };
    }
}
