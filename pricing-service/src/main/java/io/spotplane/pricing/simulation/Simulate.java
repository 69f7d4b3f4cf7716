package io.spotplane.pricing.simulation;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.pricing.deadline.Calculations;
import io.spotplane.pricing.deadline.Movement;
import io.spotplane.pricing.deadline.Task;
import io.spotplane.pricing.trace.AvailabilityTrace;
import io.spotplane.pricing.trace.StoredTrace;
import io.spotplane.pricing.trace.Traces;
import io.spotplane.web.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers what-if questions: checks them, finds the traces, replays, and sums up. */
@Component
class Simulate {

    /** What one simulation may cost, in situations looked at; a situation takes some ten nanoseconds. */
    static final long MOST_SITUATIONS = 200_000_000;

    private static final int READS_AT_ONCE = 4;
    private static final Duration LONGEST = Duration.ofDays(90);

    private final Traces traces;
    private final Calculations calculations;

    Simulate(Traces traces, Calculations calculations) {
        this.traces = traces;
        this.calculations = calculations;
    }

    /** What {@code wish} asks for. */
    Mono<SimulationAnswer> of(String tenant, NewSimulation wish) {
        return Mono.fromRunnable(() -> refuseNonsense(wish))
                .thenMany(Flux.range(0, wish.pools().size()))
                .flatMapSequential(at -> trace(tenant, wish, at), READS_AT_ONCE)
                .collectList()
                .flatMap(found -> calculations.run(Calculations.Kind.SIMULATION, () -> replay(wish, found)));
    }

    private Mono<AvailabilityTrace> trace(String tenant, NewSimulation wish, int at) {
        return traces.find(tenant, wish.pools().get(at).traceId())
                .map(StoredTrace::trace)
                .switchIfEmpty(Mono.error(
                        () -> refusal("/pools/" + at + "/traceId", "NOT_FOUND", "there is no trace with this id")));
    }

    private static void refuseNonsense(NewSimulation wish) {
        var errors = new ArrayList<FieldError>();
        inRange("/work", wish.work(), Duration.ofMinutes(1), LONGEST, errors);
        inRange("/within", wish.within(), Duration.ofMinutes(1), LONGEST, errors);
        inRange("/startUp", wish.startUp(), Duration.ZERO, Duration.ofDays(1), errors);
        inRange("/checkpointLoss", loss(wish), Duration.ZERO, Duration.ofDays(1), errors);
        if (wish.learn() != null) {
            inRange("/learn", wish.learn(), Duration.ZERO, Duration.ofDays(3_650), errors);
        }
        if (wish.onDemandPrice().amount().signum() == 0) {
            errors.add(new FieldError("/onDemandPrice", "OUT_OF_RANGE", "expected more than 0"));
        }
        for (int at = 0; at < wish.pools().size(); at++) {
            if (!wish.pools()
                    .get(at)
                    .spotPrice()
                    .currency()
                    .equals(wish.onDemandPrice().currency())) {
                errors.add(new FieldError(
                        "/pools/" + at + "/spotPrice",
                        "OTHER_CURRENCY",
                        "expected " + wish.onDemandPrice().currency()));
            }
        }
        if (wish.policies() != null
                && wish.policies().stream().distinct().count() < wish.policies().size()) {
            errors.add(new FieldError("/policies", "DUPLICATE", "expected each policy once"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static void inRange(
            String pointer, Duration value, Duration least, Duration most, List<FieldError> errors) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            errors.add(new FieldError(pointer, "OUT_OF_RANGE", value + ", expected " + least + " to " + most));
        }
    }

    private static Duration loss(NewSimulation wish) {
        return Objects.requireNonNullElse(wish.checkpointLoss(), Duration.ZERO);
    }

    private static SimulationAnswer replay(NewSimulation wish, List<AvailabilityTrace> traces) {
        var tick = traces.getFirst().tick();
        if (traces.stream().anyMatch(trace -> !trace.tick().equals(tick))) {
            throw refusal("/pools", "CONTRADICTION", "expected traces of one tick; the first has " + tick);
        }
        var task = new Task(wish.work(), wish.within(), wish.startUp(), loss(wish));
        if (!task.in(tick).feasible()) {
            throw refusal("/within", "INFEASIBLE", infeasible(task, tick));
        }
        var policies = Objects.requireNonNullElseGet(wish.policies(), () -> List.of(PolicyName.values()));
        long seed = Objects.requireNonNullElse(wish.seed(), 1L);
        var rates = rates(wish);
        var groups = groups(wish, traces.size()).stream()
                .map(group -> new Windows(
                        task,
                        group.stream().map(traces::get).toList(),
                        group.stream().mapToDouble(pool -> rates[pool]).toArray(),
                        policies,
                        wish.learn(),
                        Objects.requireNonNullElse(wish.windows(), 10),
                        seed))
                .toList();
        refuseTooMuch(groups);
        var job = task.in(tick);
        var only = wish.onDemandPrice().during(tick.multipliedBy((long) job.work() + job.startUp()));
        return new SumUp(tick, policies, wish.onDemandPrice(), prices(wish), groups(wish, traces.size()), only)
                .of(
                        groups.stream().map(Windows::play).toList(),
                        groups.getFirst().learnt(),
                        seed);
    }

    private static String infeasible(Task task, Duration tick) {
        var job = task.in(tick);
        return "work and one start take " + tick.multipliedBy((long) job.work() + job.startUp()) + " in steps of "
                + tick + ": a deadline from there on, or less work, can be kept";
    }

    private static void refuseTooMuch(List<Windows> groups) {
        long size = groups.stream().mapToLong(Windows::size).sum();
        if (size > MOST_SITUATIONS) {
            throw refusal(
                    "/windows",
                    "TOO_MUCH",
                    "it takes " + size / 1_000_000 + " million steps, expected at most " + MOST_SITUATIONS / 1_000_000
                            + " million: try fewer windows, fewer pools or a shorter deadline");
        }
    }

    private static List<List<Integer>> groups(NewSimulation wish, int pools) {
        return wish.movement() == Movement.FREE
                ? List.of(IntStream.range(0, pools).boxed().toList())
                : IntStream.range(0, pools).mapToObj(List::of).toList();
    }

    private static double[] rates(NewSimulation wish) {
        return prices(wish).stream()
                .mapToDouble(price -> price.amount().doubleValue()
                        / wish.onDemandPrice().amount().doubleValue())
                .toArray();
    }

    private static List<HourlyPrice> prices(NewSimulation wish) {
        return wish.pools().stream().map(NewSimulation.Pool::spotPrice).toList();
    }

    private static ProblemException refusal(String pointer, String code, String message) {
        return ProblemException.invalid(List.of(new FieldError(pointer, code, message)));
    }

    /** Exact money for ticks that were held. */
    static Money cost(int[] spotTicks, List<HourlyPrice> spot, int onDemandTicks, HourlyPrice onDemand, Duration tick) {
        var sum = onDemand.during(tick.multipliedBy(onDemandTicks));
        for (int pool = 0; pool < spotTicks.length; pool++) {
            sum = sum.plus(spot.get(pool).during(tick.multipliedBy(spotTicks[pool])));
        }
        return sum;
    }

    /** The mean of {@code all}. */
    static Money mean(List<Money> all, String currency) {
        var sum = all.stream().reduce(Money.zero(currency), Money::plus);
        return new Money(
                sum.amount().divide(BigDecimal.valueOf(Math.max(1, all.size())), 4, RoundingMode.HALF_UP), currency);
    }

    /** A share with four decimals. */
    static double share(Money part, Money whole) {
        return whole.amount().signum() == 0
                ? 1
                : part.amount().divide(whole.amount(), 4, RoundingMode.HALF_UP).doubleValue();
    }
}
