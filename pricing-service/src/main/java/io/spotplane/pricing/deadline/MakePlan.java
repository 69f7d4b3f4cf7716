package io.spotplane.pricing.deadline;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.web.ProblemException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a plan from a wish: checks it, resolves what there is to run on, plans, and says what it will cost. */
@Component
class MakePlan {

    static final Duration LONGEST = Duration.ofDays(90);
    private static final int RUNS = 400;
    private static final Duration KEPT_AFTER_DEADLINE = Duration.ofDays(30);

    private final ResolvePools resolve;
    private final Calculations calculations;
    private final DeadlinePlans plans;
    private final PlanCache cache;
    private final Clock clock;

    MakePlan(ResolvePools resolve, Calculations calculations, DeadlinePlans plans, PlanCache cache, Clock clock) {
        this.resolve = resolve;
        this.calculations = calculations;
        this.plans = plans;
        this.cache = cache;
        this.clock = clock;
    }

    /** Makes and keeps the plan that {@code wish} asks for. */
    Mono<StoredPlan> of(String tenant, NewDeadlinePlan wish) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Mono.fromSupplier(() -> deadline(wish, now))
                .flatMap(deadline -> calculations
                        .run(Calculations.Kind.PLAN, () -> resolve.of(tenant, wish, now))
                        .flatMap(resolving -> resolving)
                        .flatMap(resolved ->
                                calculations.run(Calculations.Kind.PLAN, () -> plan(wish, now, deadline, resolved))))
                .delayUntil(plan -> plans.add(tenant, plan, plan.deadline().plus(KEPT_AFTER_DEADLINE)));
    }

    private static Instant deadline(NewDeadlinePlan wish, Instant now) {
        var errors = new ArrayList<FieldError>();
        inRange("/work", wish.work(), Duration.ofMinutes(1), LONGEST, errors);
        inRange("/startUp", wish.startUp(), Duration.ZERO, Duration.ofDays(1), errors);
        inRange("/checkpointLoss", loss(wish), Duration.ZERO, Duration.ofDays(1), errors);
        if ((wish.deadline() == null) == (wish.within() == null)) {
            errors.add(new FieldError("/deadline", "REQUIRED", "expected either deadline or within"));
        }
        if (wish.find() != null && wish.pools() != null) {
            errors.add(new FieldError("/find", "CONTRADICTION", "expected pools or find, not both"));
        }
        var by = wish.within() != null
                ? wish.within()
                : wish.deadline() == null ? LONGEST : Duration.between(now, wish.deadline());
        var pointer = wish.within() != null ? "/within" : "/deadline";
        inRange(pointer, by, Duration.ofMinutes(1), LONGEST, errors);
        if (errors.isEmpty()) {
            var task = new Task(wish.work(), by, wish.startUp(), loss(wish));
            if (!task.feasible()) {
                errors.add(infeasible(pointer, task));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return now.plus(by);
    }

    private static FieldError infeasible(String pointer, Task task) {
        var missing = task.work().plus(task.startUp()).minus(task.deadline());
        return new FieldError(
                pointer,
                "INFEASIBLE",
                "work and one start take " + task.work().plus(task.startUp()) + ", " + task.deadline()
                        + " are left: a deadline " + missing + " later, or as much less work, can be kept");
    }

    private static void inRange(
            String pointer, Duration value, Duration least, Duration most, List<FieldError> errors) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            errors.add(new FieldError(pointer, "OUT_OF_RANGE", value + ", expected " + least + " to " + most));
        }
    }

    private static Duration loss(NewDeadlinePlan wish) {
        return Objects.requireNonNullElse(wish.checkpointLoss(), Duration.ZERO);
    }

    private StoredPlan plan(NewDeadlinePlan wish, Instant now, Instant deadline, ResolvePools.Resolved resolved) {
        refuseBudget(wish, resolved);
        var leftOut = new ArrayList<>(resolved.leftOut());
        var task = new Task(wish.work(), Duration.between(now, deadline), wish.startUp(), loss(wish));
        var pools = wish.movement() == Movement.ONE_POOL ? cheapest(task, resolved, leftOut) : resolved.pools();
        var planned = cache.plan(task, pools, resolved.onDemandPrice());
        return describe(wish, UUID.randomUUID(), now, deadline, resolved, pools, planned, leftOut);
    }

    private static void refuseBudget(NewDeadlinePlan wish, ResolvePools.Resolved resolved) {
        var budget = wish.budget();
        if (budget == null) {
            return;
        }
        if (!budget.currency().equals(resolved.onDemandPrice().currency())) {
            throw ProblemException.invalid(List.of(new FieldError(
                    "/budget",
                    "OTHER_CURRENCY",
                    "expected " + resolved.onDemandPrice().currency())));
        }
        var least = least(wish, resolved.pools(), resolved.onDemandPrice());
        if (least.exceeds(budget)) {
            throw ProblemException.invalid(List.of(new FieldError(
                    "/budget", "INFEASIBLE", "without any reclaim it costs " + least + "; that much, or less work")));
        }
    }

    private static Money least(NewDeadlinePlan wish, List<StoredPlan.PlanPool> pools, HourlyPrice onDemand) {
        return pools.stream()
                .map(StoredPlan.PlanPool::spotPrice)
                .min(Comparator.naturalOrder())
                .orElse(onDemand)
                .during(wish.work().plus(wish.startUp()));
    }

    /** Each pool is planned alone; those about which nothing is known come by price, after the others. */
    private List<StoredPlan.PlanPool> cheapest(
            Task task, ResolvePools.Resolved resolved, List<DeadlinePlan.LeftOut> leftOut) {
        var alone = resolved.pools().stream()
                .map(pool -> new Alone(pool, expected(resolved.pools().size(), task, pool, resolved.onDemandPrice())))
                .sorted(Comparator.comparingDouble(Alone::expected)
                        .thenComparing(pool -> pool.pool().spotPrice()))
                .toList();
        alone.stream()
                .skip(1)
                .forEach(other -> leftOut.add(new DeadlinePlan.LeftOut(
                        other.pool().name(),
                        Double.isInfinite(other.expected())
                                ? "too little is known of it to expect that it is cheaper"
                                : "alone it is expected to cost "
                                        + ticks(other.expected(), Duration.ofSeconds(1), resolved.onDemandPrice()))));
        return alone.stream().limit(1).map(Alone::pool).toList();
    }

    private static double expected(int shares, Task task, StoredPlan.PlanPool pool, HourlyPrice onDemand) {
        var planned = PlanCache.quick(shares, task, pool, onDemand);
        return planned.policy() instanceof ExactPlan exact
                ? exact.expected(ages(List.of(pool), planned.tick()))
                        * planned.tick().toSeconds()
                : Double.POSITIVE_INFINITY;
    }

    private record Alone(StoredPlan.PlanPool pool, double expected) {}

    private StoredPlan describe(
            NewDeadlinePlan wish,
            UUID id,
            Instant now,
            Instant deadline,
            ResolvePools.Resolved resolved,
            List<StoredPlan.PlanPool> pools,
            PlanWork.Planned planned,
            List<DeadlinePlan.LeftOut> leftOut) {
        var price = resolved.onDemandPrice();
        var ages = ages(pools, planned.tick());
        var begin = new Situation(planned.job().deadline(), planned.job().work(), Choice.IDLE, 0, ages);
        var first = new DecideNow(planned, pools, resolved.onDemandOfferingId(), price)
                .decide(now, planned.task().deadline(), wish.work(), begin);
        var answer = new DeadlinePlan(
                id,
                now,
                deadline,
                wish.work(),
                wish.startUp(),
                loss(wish),
                planned.method(),
                planned.why(),
                planned.tick(),
                first,
                outcomes(wish, planned, pools, price, ages),
                resolved.onDemandOfferingId(),
                price,
                PoolBeliefs.of(planned, pools),
                List.copyOf(leftOut),
                Guide.of(planned));
        return new StoredPlan(
                id,
                now,
                deadline,
                wish.work(),
                wish.startUp(),
                loss(wish),
                pools,
                resolved.onDemandOfferingId(),
                price,
                answer);
    }

    private static DeadlinePlan.Outcomes outcomes(
            NewDeadlinePlan wish,
            PlanWork.Planned planned,
            List<StoredPlan.PlanPool> pools,
            HourlyPrice onDemand,
            int[] ages) {
        long seed = Objects.requireNonNullElse(wish.seed(), 1L);
        var least = least(wish, pools, onDemand);
        var most = onDemand.during(planned.task().deadline());
        var only = onDemand.during(wish.work().plus(wish.startUp()));
        var outlook = planned.outlook();
        if (outlook == null) {
            boolean certain = planned.method() == PlanWork.Method.ON_DEMAND;
            var known = certain ? only : null;
            return new DeadlinePlan.Outcomes(
                    known,
                    known,
                    known,
                    known,
                    certain ? only : least,
                    certain ? only : most,
                    only,
                    null,
                    certain ? 1.0 : null,
                    certain ? wish.work().plus(wish.startUp()) : null,
                    certain ? 1.0 : null,
                    null,
                    0,
                    seed);
        }
        var job = planned.job();
        var tick = planned.tick();
        var ours = Spread.of(
                job,
                planned.policy(),
                planned.rates(),
                RUNS,
                seed,
                drawn -> new Forecast(outlook.chains(), ages, drawn));
        var greedy = Spread.of(
                job,
                new Greedy(job),
                planned.rates(),
                RUNS,
                seed,
                drawn -> new Forecast(outlook.chains(), ages, drawn));
        var budget = wish.budget();
        return new DeadlinePlan.Outcomes(
                ticks(ours.mean(), tick, onDemand),
                ticks(ours.percentile(10), tick, onDemand),
                ticks(ours.percentile(50), tick, onDemand),
                ticks(ours.percentile(90), tick, onDemand),
                least,
                most,
                only,
                ticks(greedy.mean(), tick, onDemand),
                ours.usesOnDemand(),
                tick.multipliedBy(Math.round(ours.onDemandTicks())),
                Math.round(ours.starts() * 100) / 100.0,
                budget == null
                        ? null
                        : ours.shareUpTo(
                                weight -> !ticks(weight, tick, onDemand).exceeds(budget)),
                RUNS,
                seed);
    }

    /** What {@code count} ticks on demand cost. */
    static Money ticks(double count, Duration tick, HourlyPrice onDemand) {
        var hours = BigDecimal.valueOf(count)
                .multiply(BigDecimal.valueOf(tick.toMillis()))
                .divide(BigDecimal.valueOf(Duration.ofHours(1).toMillis()), MathContext.DECIMAL64);
        var amount = onDemand.amount().multiply(hours).setScale(4, RoundingMode.HALF_UP);
        return new Money(amount, onDemand.currency());
    }

    /** How long each pool has been as it is when a plan begins. */
    static int[] ages(List<StoredPlan.PlanPool> pools, Duration tick) {
        return pools.stream()
                .mapToInt(pool -> {
                    var past = pool.past();
                    if (past == null) {
                        return pool.up() ? 1 : -1;
                    }
                    var ages = PlanWork.past(past.trace(pool.name()), tick).ages();
                    int last = ages[ages.length - 1];
                    return last > 0 == pool.up() ? last : pool.up() ? 1 : -1;
                })
                .toArray();
    }
}
