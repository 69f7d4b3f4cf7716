package io.spotplane.provisioning.holding;

import static io.spotplane.contracts.vocabulary.RequestPhase.BOOTING;
import static io.spotplane.contracts.vocabulary.RequestPhase.DRAINING;
import static io.spotplane.contracts.vocabulary.RequestPhase.FAILED;
import static io.spotplane.contracts.vocabulary.RequestPhase.LAUNCHING;
import static io.spotplane.contracts.vocabulary.RequestPhase.PENDING;
import static io.spotplane.contracts.vocabulary.RequestPhase.PLACING;
import static io.spotplane.contracts.vocabulary.RequestPhase.READY;
import static io.spotplane.contracts.vocabulary.RequestPhase.TERMINATED;
import static io.spotplane.contracts.vocabulary.RequestPhase.TERMINATING;

import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.provisioning.holding.Condition.Status;
import io.spotplane.provisioning.holding.Condition.Type;
import io.spotplane.provisioning.instance.Booting;
import io.spotplane.provisioning.instance.Draining;
import io.spotplane.provisioning.instance.Ready;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Derives where a request stands from its instances. */
final class Settlement {

    private Settlement() {}

    /** The same holding with the request's standing brought up to date. */
    static Holding settle(Holding holding, Instant now) {
        return holding.with(holding.request().with(standingOf(holding, now)));
    }

    static Standing standingOf(Holding holding, Instant now) {
        var phase = phaseOf(holding);
        return new Standing(
                phase, reasonOf(holding), messageOf(holding, phase), conditionsOf(holding, now), holding.ready());
    }

    static RequestPhase phaseOf(Holding holding) {
        var ending = holding.request().ending();
        if (ending != null) {
            return endingPhase(holding, ending);
        }
        if (holding.missing() > 0) {
            return untouched(holding) ? PENDING : PLACING;
        }
        return slowest(holding);
    }

    private static boolean untouched(Holding holding) {
        return holding.request().standing().phase() == PENDING
                && holding.request().obstacle() == null
                && holding.instances().isEmpty();
    }

    private static RequestPhase endingPhase(Holding holding, Ending ending) {
        if (holding.open()) {
            return holding.instances().stream().anyMatch(instance -> instance.state() instanceof Draining)
                    ? DRAINING
                    : TERMINATING;
        }
        return ending.cause() == Ending.Cause.DELETED ? TERMINATED : FAILED;
    }

    private static RequestPhase slowest(Holding holding) {
        var serving = holding.serving();
        if (serving.stream().allMatch(instance -> instance.state() instanceof Ready)) {
            return READY;
        }
        return serving.stream()
                        .allMatch(instance -> instance.state() instanceof Ready || instance.state() instanceof Booting)
                ? BOOTING
                : LAUNCHING;
    }

    private static @Nullable String reasonOf(Holding holding) {
        var request = holding.request();
        if (request.ending() != null) {
            return request.ending().cause().reason().name();
        }
        return request.obstacle() == null ? null : request.obstacle().reason();
    }

    private static String messageOf(Holding holding, RequestPhase phase) {
        var request = holding.request();
        if (request.ending() != null) {
            return request.ending().cause().message()
                    + (holding.open() ? "; what it holds is being ended" : "; nothing is left");
        }
        if (request.obstacle() != null) {
            return request.obstacle().message();
        }
        return phase == PENDING
                ? "Accepted; nobody has looked for offers yet"
                : holding.ready() + " of " + request.wanted().instances() + " instances are ready";
    }

    private static List<Condition> conditionsOf(Holding holding, Instant now) {
        var request = holding.request();
        var over = request.ending();
        var wanted = request.wanted().instances();
        var obstacle = request.obstacle();
        return List.of(
                condition(
                        holding, now, Type.Accepted, Status.True, "ACCEPTED", "The request is valid and written down"),
                condition(
                        holding,
                        now,
                        Type.Placed,
                        Status.of(over == null && holding.missing() == 0),
                        obstacle == null ? "PLACED" : obstacle.reason(),
                        holding.serving().size() + " of " + wanted + " instances are placed"),
                condition(
                        holding,
                        now,
                        Type.Ready,
                        Status.of(over == null && holding.ready() >= wanted),
                        "READY",
                        holding.ready() + " of " + wanted + " instances are ready"),
                condition(
                        holding,
                        now,
                        Type.WithinBudget,
                        Status.of(over == null || over.cause() != Ending.Cause.BUDGET_EXHAUSTED),
                        request.wanted().budget() == null ? "NO_BUDGET" : "BUDGET",
                        request.wanted().budget() == null
                                ? "No budget was set"
                                : "The budget is " + request.wanted().budget()),
                condition(
                        holding,
                        now,
                        Type.Deleted,
                        Status.of(over != null && !holding.open()),
                        over == null ? "WANTED" : over.cause().reason().name(),
                        over == null ? "The request is wanted" : over.cause().message()));
    }

    private static Condition condition(
            Holding holding, Instant now, Type type, Status status, String reason, String message) {
        var since = holding.request().standing().conditions().stream()
                .filter(known -> known.type() == type && known.status() == status)
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        return new Condition(type, status, reason, message, since);
    }
}
