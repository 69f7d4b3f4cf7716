package io.spotplane.pricing.deadline;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides what a plan's follower does next, from what it sees. Nothing is remembered between two calls. */
@Component
class FollowPlan {

    private static final Duration MOST_AHEAD = Duration.ofMinutes(10);

    private final DeadlinePlans plans;
    private final PlanCache cache;
    private final Calculations calculations;
    private final Clock clock;

    FollowPlan(DeadlinePlans plans, PlanCache cache, Calculations calculations, Clock clock) {
        this.plans = plans;
        this.cache = cache;
        this.calculations = calculations;
        this.clock = clock;
    }

    /** The plan with this id. */
    Mono<StoredPlan> plan(String tenant, UUID id) {
        return plans.find(tenant, id)
                .switchIfEmpty(
                        Mono.error(() -> ProblemException.of(ProblemType.NOT_FOUND, "there is no plan with this id")));
    }

    /** What to do next on the plan with this id. */
    Mono<Decision> decide(String tenant, UUID id, Observation seen) {
        return plan(tenant, id).flatMap(plan -> calculations.run(Calculations.Kind.DECISION, () -> decide(plan, seen)));
    }

    private Decision decide(StoredPlan plan, Observation seen) {
        var at = Objects.requireNonNullElseGet(seen.at(), clock::instant);
        check(plan, seen, at);
        var planned = cache.plan(plan.task(), plan.pools(), plan.onDemandPrice());
        var tick = planned.tick();
        var left = Duration.between(at, plan.deadline());
        var situation = situation(plan, seen, at, left, tick);
        return new DecideNow(planned, plan.pools(), plan.onDemandOfferingId(), plan.onDemandPrice())
                .decide(at, left, seen.workLeft(), situation);
    }

    private static Situation situation(StoredPlan plan, Observation seen, Instant at, Duration left, Duration tick) {
        var byName = new HashMap<String, Observation.PoolNow>();
        seen.pools().forEach(pool -> byName.put(pool.name(), pool));
        var ages = plan.pools().stream()
                .mapToInt(pool -> age(Objects.requireNonNull(byName.get(pool.name())), at, tick))
                .toArray();
        var holding = holding(plan, seen, ages);
        var held = seen.holding();
        var startUpLeft = held == null || held.startUpLeft() == null ? Duration.ZERO : held.startUpLeft();
        return new Situation(
                Math.max(0, Task.ticksDown(left, tick)),
                Task.ticksUp(seen.workLeft(), tick),
                holding,
                holding.equals(Choice.IDLE) ? 0 : Task.ticksUp(startUpLeft, tick),
                ages);
    }

    private static int age(Observation.PoolNow pool, Instant at, Duration tick) {
        var since = pool.since();
        int age = since == null ? 1 : Math.max(1, Task.ticksUp(Duration.between(since, at), tick));
        return pool.up() ? age : -age;
    }

    /** A spot machine whose pool is down is no longer held, whatever its holder still believes. */
    private static Choice holding(StoredPlan plan, Observation seen, int[] ages) {
        var held = seen.holding();
        if (held == null || held.kind() == Choice.Kind.IDLE) {
            return Choice.IDLE;
        }
        if (held.kind() == Choice.Kind.ON_DEMAND) {
            return Choice.ON_DEMAND;
        }
        int pool = names(plan).indexOf(held.pool());
        return ages[pool] > 0 ? Choice.spot(pool) : Choice.IDLE;
    }

    private static List<String> names(StoredPlan plan) {
        return plan.pools().stream().map(StoredPlan.PlanPool::name).toList();
    }

    private void check(StoredPlan plan, Observation seen, Instant at) {
        var errors = new ArrayList<FieldError>();
        if (at.isBefore(plan.createdAt()) || at.isAfter(clock.instant().plus(MOST_AHEAD))) {
            errors.add(
                    new FieldError("/at", "OUT_OF_RANGE", "expected a time from " + plan.createdAt() + " until now"));
        }
        if (seen.workLeft().isNegative() || seen.workLeft().compareTo(plan.work()) > 0) {
            errors.add(new FieldError("/workLeft", "OUT_OF_RANGE", "expected PT0S to " + plan.work()));
        }
        checkHolding(plan, seen, errors);
        checkPools(plan, seen, at, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static void checkHolding(StoredPlan plan, Observation seen, List<FieldError> errors) {
        var held = seen.holding();
        if (held == null) {
            return;
        }
        if (held.kind() == Choice.Kind.SPOT && !names(plan).contains(held.pool())) {
            errors.add(new FieldError("/holding/pool", "INVALID_VALUE", "expected one of " + names(plan)));
        }
        var left = held.startUpLeft();
        if (left != null && (left.isNegative() || left.compareTo(plan.startUp()) > 0)) {
            errors.add(new FieldError("/holding/startUpLeft", "OUT_OF_RANGE", "expected PT0S to " + plan.startUp()));
        }
    }

    private static void checkPools(StoredPlan plan, Observation seen, Instant at, List<FieldError> errors) {
        Map<String, Integer> missing = new HashMap<>();
        names(plan).forEach(name -> missing.put(name, 1));
        for (int index = 0; index < seen.pools().size(); index++) {
            var pool = seen.pools().get(index);
            if (missing.remove(pool.name()) == null) {
                errors.add(new FieldError(
                        "/pools/" + index + "/name", "INVALID_VALUE", "expected each of " + names(plan) + " once"));
            }
            var since = pool.since();
            if (since != null && (since.isAfter(at) || since.isBefore(at.minus(Duration.ofDays(3_650))))) {
                errors.add(
                        new FieldError("/pools/" + index + "/since", "OUT_OF_RANGE", "expected a time before " + at));
            }
        }
        if (!missing.isEmpty()) {
            errors.add(new FieldError("/pools", "REQUIRED", "nothing is said about " + missing.keySet()));
        }
    }
}
